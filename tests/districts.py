"""Installed demo districts to test on: made once a run, copied for each test."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from litestar import Litestar

from server.demo.service import install_demo
from server.installation import install_district, opened_district
from server.settings import Settings, read_settings
from tests.servers.postgres import Cluster

DEMO_PASSWORD = "xungai-demo"
PUBLIC_URL = "https://xungai.test"


def settings_for(database_url: str, folder: Path) -> Settings:
    """Settings of a demo district with its photos and its secret under `folder`."""
    return read_settings(
        {
            "XUNGAI_DATABASE_URL": database_url,
            "XUNGAI_DATA_DIR": str(folder / "data"),
            "XUNGAI_PUBLIC_URL": PUBLIC_URL,
            "XUNGAI_DEMO": "1",
            # Reading and compressing the pages takes longer than all the rest of a start; the browser tests have them.
            "XUNGAI_PWA_DIR": str(folder / "no-pages"),
            "XUNGAI_SWEEP_SECONDS": "0",
            "XUNGAI_SECRET_KEY": "a key of the tests, long enough to be one",
        }
    )


@contextlib.asynccontextmanager
async def started(app: Litestar) -> AsyncIterator[None]:
    """The application's lifespan in this event loop, in a task of its own.

    asyncpg's connections belong to a loop, anyio's scopes to a task; pytest sets fixtures up and down in two.
    """
    ready, enough = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            ready.set()
            await enough.wait()

    life = asyncio.create_task(live())
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if life.done():
        await life
    try:
        yield
    finally:
        enough.set()
        await life


class Templates:
    """One installed district on each kind of database, and fresh copies of it."""

    def __init__(self, folder: Path, cluster: Callable[[], Cluster]) -> None:
        self._folder = folder
        self._cluster = cluster
        self._ready: set[str] = set()

    @contextlib.contextmanager
    def empty(self, kind: str, folder: Path) -> Iterator[str]:
        """The address of an empty database of this kind, gone afterwards."""
        if kind == "sqlite":
            yield sqlite_url(folder / "empty.sqlite3")
            return
        with self._postgres_copy("template0") as url:
            yield url

    @contextlib.asynccontextmanager
    async def installed(self, kind: str, folder: Path) -> AsyncIterator[str]:
        """The address of a copy of the installed demo district, gone afterwards."""
        if kind not in self._ready:
            await self._install(kind)
            self._ready.add(kind)
        if kind == "sqlite":
            copy = folder / "xungai.sqlite3"
            shutil.copyfile(self._sqlite_file, copy)
            yield sqlite_url(copy)
            return
        with self._postgres_copy("installed") as url:
            yield url

    @property
    def _sqlite_file(self) -> Path:
        return self._folder / "installed.sqlite3"

    async def _install(self, kind: str) -> None:
        url = sqlite_url(self._sqlite_file) if kind == "sqlite" else self._cluster().create("installed")
        settings = settings_for(url, self._folder / kind)
        # Without the demo's past: tests count what they do themselves.
        async with opened_district(dataclasses.replace(settings, demo=False)) as district:
            await install_district(district)
            await install_demo(district, with_past=False)

    @contextlib.contextmanager
    def _postgres_copy(self, template: str) -> Iterator[str]:
        name = f"t_{uuid.uuid4().hex}"
        cluster = self._cluster()
        url = cluster.create(name, template=template)
        try:
            yield url
        finally:
            cluster.drop(name)


def sqlite_url(path: Path) -> str:
    """The SQLAlchemy address of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"
