"""What the stories over HTTP share: the crew, and a clock that can be put forward."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from server import clock
from server.app import create_app
from server.district import District
from tests.conftest import SignIn, new_client
from tests.districts import DEMO_PASSWORD, Templates, settings_for, started
from tests.factories.crew import Crew

Travel = Callable[[timedelta], datetime]


@pytest.fixture
def crew(sign_in: SignIn) -> Crew:
    """The people of this test's own district."""
    return Crew(sign_in)


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """`travel(timedelta(hours=1))` puts the server's clock forward from where it is; answers its new time."""
    real = clock.now
    ahead = timedelta()

    def go(by: timedelta) -> datetime:
        nonlocal ahead
        ahead += by
        monkeypatch.setattr(clock, "now", lambda: real() + ahead)
        return clock.now()

    return go


@dataclass
class House:
    """A district that the tests of one module share, because none of them changes what another looks at."""

    app: Litestar
    crew: Crew

    @property
    def district(self) -> District:
        found: District = self.app.state.district
        return found

    def stranger(self) -> httpx.AsyncClient:
        """A browser in which nobody has signed in."""
        return new_client(self.app)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def house(
    request: pytest.FixtureRequest, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """A started demo district of this module."""
    folder: Path = tmp_path_factory.mktemp("house")
    async with templates.installed(str(request.param), folder) as url:
        app = create_app(settings_for(url, folder))
        opened: list[httpx.AsyncClient] = []

        async def sign_in(login: str) -> httpx.AsyncClient:
            person = new_client(app)
            opened.append(person)
            answer = await person.post("/api/session", json={"login": login, "password": DEMO_PASSWORD})
            assert answer.status_code == 200, answer.text
            return person

        async with started(app):
            yield House(app, Crew(sign_in))
            for person in opened:
                await person.aclose()
