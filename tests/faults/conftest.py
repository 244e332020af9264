"""How many of each fault: few in `make test`, the large numbers with XUNGAI_DRILL=1. What was reached is printed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from server.settings import Settings, read_settings
from tests.districts import Templates
from tests.faults.stores import S3Server
from tests.servers.app import AppServer

DRILL = os.environ.get("XUNGAI_DRILL") == "1"
Tell = Callable[[str], None]


def how_many(quick: int, drill: int) -> int:
    """The number of this run."""
    return drill if DRILL else quick


@pytest.fixture
def tell(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print what was reached, whatever pytest does with other output."""

    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {request.node.name}: {line}", flush=True)

    return say


class Place:
    """Where one district lives: the variables of its server, and the settings that look into it without one."""

    def __init__(self, folder: Path, database_url: str, **variables: str) -> None:
        self.data_dir = folder / "data"
        self.variables = {
            "XUNGAI_DATABASE_URL": database_url,
            # Reading and compressing the pages takes longer than all the rest of a start.
            "XUNGAI_PWA_DIR": str(folder / "no-pages"),
            "XUNGAI_SWEEP_SECONDS": "0",
            "XUNGAI_SECRET_KEY": "a key of the tests, long enough to be one",
            **variables,
        }

    def server(self, *, program: str = "server", **more: str) -> AppServer:
        return AppServer(self.data_dir, program=program, **(self.variables | more))

    @property
    def settings(self) -> Settings:
        return read_settings({"XUNGAI_DATA_DIR": str(self.data_dir), "XUNGAI_DEMO": "1", **self.variables})


@pytest.fixture
async def embedded(templates: Templates, tmp_path: Path) -> AsyncIterator[Place]:
    """SQLite and files, as installed."""
    async with templates.installed("sqlite", tmp_path) as url:
        yield Place(tmp_path, url)


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[S3Server]:
    """An S3 server of this test's own."""
    server = S3Server(tmp_path / "seaweedfs").start()
    yield server
    server.stop()


@pytest.fixture
async def grown(templates: Templates, tmp_path: Path, s3: S3Server) -> AsyncIterator[Place]:
    """PostgreSQL and an S3 server, as installed."""
    async with templates.installed("postgresql", tmp_path) as url:
        yield Place(tmp_path, url, XUNGAI_OBJECTS_URL=s3.url)
