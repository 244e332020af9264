"""What every test stands on: no network, no silent skip, an installed demo district on either database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from server.app import create_app
from server.district import District
from server.settings import Settings
from tests.districts import DEMO_PASSWORD, PUBLIC_URL, Templates, settings_for, started
from tests.loopback import refuse_everything_else
from tests.servers.postgres import Cluster, postgres

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

SignIn = Callable[[str], Awaitable[httpx.AsyncClient]]


def pytest_configure() -> None:
    refuse_everything_else()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI nothing skips, but for what needs ../shared where that is absent."""
    report = yield
    if report.skipped and os.environ.get("CI") and not _lacks_shared(item):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped under CI: {report.longrepr}"
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    if _lacks_shared(item):
        pytest.skip("needs the folder ../shared")


def _lacks_shared(item: pytest.Item) -> bool:
    return item.get_closest_marker("shared") is not None and not SHARED.is_dir()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real photos and forms; mark the test with `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this run's own."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Templates:
    """Databases to copy from. Each kind is made once, by the real migrations and the real installation."""
    return Templates(tmp_path_factory.mktemp("templates"), lambda: request.getfixturevalue("cluster"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each test of the API runs once on either database."""
    return str(request.param)


@pytest.fixture
def empty_database(database_kind: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    with templates.empty(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
async def database_url(database_kind: str, templates: Templates, tmp_path: Path) -> AsyncIterator[str]:
    """The address of this test's own copy of the installed demo district."""
    async with templates.installed(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a district of this test's own, photos in files."""
    return settings_for(database_url, tmp_path)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    """The application, started."""
    built = create_app(settings)
    async with started(built):
        yield built


@pytest.fixture
def district(app: Litestar) -> District:
    """The running application's database, store and settings."""
    found: District = app.state.district
    return found


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in, but sends what our own pages send."""
    async with new_client(app) as opened:
        yield opened


@pytest.fixture
async def sign_in(app: Litestar) -> AsyncIterator[SignIn]:
    """`await sign_in("inspector")`: that person's own signed-in client."""
    opened: list[httpx.AsyncClient] = []

    async def signed_in(login: str, password: str = DEMO_PASSWORD) -> httpx.AsyncClient:
        person = new_client(app)
        opened.append(person)
        answer = await person.post("/api/session", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        return person

    yield signed_in
    for person in opened:
        await person.aclose()


def new_client(app: Litestar) -> httpx.AsyncClient:
    """A browser of its own. The address is https, because the session's cookie travels on nothing else."""
    asgi = cast(Any, app)  # Litestar and httpx spell the same ASGI types differently
    transport = httpx.ASGITransport(asgi, client=("127.0.0.1", 50000), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers={"X-CSRF": "1"}, timeout=60)
