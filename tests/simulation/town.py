"""The real district under a clock that the simulation drives: replicas, their sweeps, people at their desks."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from PIL import Image
from sqlalchemy import select, update

from server import clock, ids
from server.app import create_app
from server.auth import passwords, roles
from server.demo.service import install_demo
from server.district import District
from server.installation import install_district, opened_district
from server.photos.desk import PhotoDesk
from server.sweep import sweep
from server.tasks.desk import open_desk
from storage.database.models import Person, Post, Session, Unit
from storage.objects.filesystem import FilesystemStore
from tests.conftest import new_client
from tests.districts import DEMO_PASSWORD, settings_for, started
from tests.factories import uploads
from tests.fixtures.photos import saved

Json = dict[str, Any]
# The demo district has people in few units; these come to the others. 区人社局 stays empty: its feedback is paper.
MORE_PEOPLE = (
    ("science", "U-KX", (roles.LIAISON, roles.DATA_OFFICER)),
    ("street-leader", "U-JD-TX", (roles.UNIT_LEADER,)),
)
LOGINS = ("inspector", "inspector2", "supervisor", "office", "leader", "admin",
          "health", "health-leader", "street", "street-leader", "street2", "science")  # fmt: skip


def picture(seed: int) -> bytes:
    """A small photo that looks like no other, so that nothing has to be compared with it."""
    dice = random.Random(seed)
    return saved(Image.frombytes("L", (9, 8), dice.randbytes(72)).resize((180, 160), Image.Resampling.BICUBIC))


class Clock:
    """The only time there is. Each look at it is a millisecond later, so that nothing happens at once by accident."""

    def __init__(self, patch: pytest.MonkeyPatch, start: datetime) -> None:
        self._now = start
        patch.setattr(clock, "now", self.now)

    def now(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def set(self, on: date, hour: int, minute: int = 0, second: int = 0) -> None:
        """Go to a time of a day in Shanghai; never back."""
        wanted = datetime.combine(on, time(hour, minute, second), clock.SHANGHAI).astimezone(UTC)
        self._now = max(wanted, self._now)

    @property
    def today(self) -> date:
        return clock.shanghai_date(self._now)


@dataclass
class Replica:
    app: Litestar
    desk: PhotoDesk

    @property
    def district(self) -> District:
        found: District = self.app.state.district
        return found


@dataclass
class Town:
    """Replicas of one district. `up` are the numbers of those that answer and sweep today."""

    clock: Clock
    replicas: list[Replica]
    up: list[int]
    swept_at: list[datetime] = field(default_factory=list)
    requests: int = 0
    _clients: dict[tuple[str, int], httpx.AsyncClient] = field(default_factory=dict)
    _photos: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def district(self) -> District:
        return self.replicas[0].district

    async def ask(self, login: str, method: str, url: str, body: Any = None, **params: Any) -> httpx.Response:
        """One request of one person to a replica that is up; which one alternates."""
        self.requests += 1
        number = self.up[self.requests % len(self.up)]
        return await self._send(login, number, method, url, body, params)

    async def ask_all(self, login: str, method: str, url: str, body: Any) -> list[httpx.Response]:
        """The same request to every replica at once; where only one is up, twice to that one."""
        numbers = self.up if len(self.up) > 1 else self.up * 2
        self.requests += len(numbers)
        return await asyncio.gather(*(self._send(login, number, method, url, body, {}) for number in numbers))

    async def _send(self, login: str, number: int, method: str, url: str, body: Any, params: Json) -> httpx.Response:
        client = await self._client(login, number)
        answer = await client.request(method, url, json=body, params=params)
        assert answer.status_code not in (401, 500), (login, method, url, answer.text)
        return answer

    async def get(self, login: str, url: str, **params: Any) -> Any:
        answer = await self.ask(login, "GET", url, **params)
        assert answer.status_code == 200, (url, answer.text)
        return answer.json()

    async def pages(self, login: str, url: str, **params: Any) -> list[Json]:
        """Every row of a list."""
        rows: list[Json] = []
        cursor: Json = {}
        while True:
            page = await self.get(login, url, limit=200, **params, **cursor)
            rows += page["items"]
            if page["next"] is None:
                return rows
            cursor = {"cursor": page["next"]}

    async def photo(self, login: str, number: int = 0) -> str:
        """A photo that this person delivered, the same one for each number."""
        if (login, number) not in self._photos:
            content = picture(100 * LOGINS.index(login) + number)
            answer = await uploads.send(await self._client(login, self.up[0]), content)
            assert answer.headers.get("x-photo-sha256"), answer.text
            self._photos[login, number] = uploads.sha256(content)
        return self._photos[login, number]

    async def sweep(self, *, at_once: bool) -> None:
        """The calendar acts: one replica after the other, or all at the same instant."""
        working = [self.replicas[number] for number in self.up]
        self.swept_at.append(self.clock.now())
        runs = [sweep(one.district, one.desk) for one in working]
        if at_once:
            await asyncio.gather(*runs)
            return
        for run in runs:
            await run

    async def _client(self, login: str, number: int) -> httpx.AsyncClient:
        if (login, number) not in self._clients:
            client = new_client(self.replicas[number].app)
            answer = await client.post("/api/session", json={"login": login, "password": DEMO_PASSWORD})
            assert answer.status_code == 200, answer.text
            self._clients[login, number] = client
            # A desk signs in each morning; here it is let off that, because passwords are slow on purpose.
            async with self.district.database.writing() as session:
                forever = datetime(2030, 1, 1, tzinfo=UTC)
                await session.execute(update(Session).values(is_phone=True, ends_at=forever))
        return self._clients[login, number]

    async def stay_signed_in(self) -> None:
        """Nobody's session ends for want of use."""
        async with self.district.database.writing() as session:
            await session.execute(update(Session).values(last_seen_at=self.clock.now()))

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()
        for replica in self.replicas:
            replica.desk.close()


@contextlib.asynccontextmanager
async def town(url: str, folder: Path, patch: pytest.MonkeyPatch, *, start: date, replicas: int) -> AsyncIterator[Town]:
    """A demo district that is installed on the first simulated day, and its replicas."""
    hands = Clock(patch, datetime.combine(start, time(7), clock.SHANGHAI).astimezone(UTC))
    # Files bear the machine's time and not the simulated one: to a later year every half-written file looks forgotten.
    patch.setattr(FilesystemStore, "tidy", _nothing_to_tidy)
    settings = settings_for(url, folder)
    async with opened_district(dataclasses.replace(settings, demo=False)) as district:
        await install_district(district)
        await install_demo(district, with_past=False)
        await _hire(district, start)
    async with contextlib.AsyncExitStack() as running:
        apps = [create_app(settings) for _ in range(replicas)]
        for app in apps:
            await running.enter_async_context(started(app))
        made = Town(hands, [Replica(app, open_desk(app.state.district)) for app in apps], list(range(replicas)))
        running.push_async_callback(made.close)
        for login in LOGINS:
            for number in range(replicas):
                await made._client(login, number)
        yield made


async def _nothing_to_tidy(_store: FilesystemStore, _before: datetime) -> int:
    return 0


async def _hire(district: District, since: date) -> None:
    password = await passwords.hash_password(DEMO_PASSWORD)
    async with district.database.writing() as session:
        units = dict((await session.execute(select(Unit.code, Unit.id))).all())
        for login, unit, held in MORE_PEOPLE:
            person = Person(id=ids.uuid7(), login=login, name=login, password_hash=password, created_at=clock.now())
            session.add(person)
            await session.flush()
            for role in held:
                post = Post(id=ids.uuid7(), person_id=person.id, unit_id=units[unit], role=role, valid_from=since)
                session.add(post)
