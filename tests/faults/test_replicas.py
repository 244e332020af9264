"""T14: several servers on one PostgreSQL sweep at once, one of them dies now and then; the calendar acts once."""

from __future__ import annotations

import asyncio
import contextlib
import random
from datetime import timedelta
from pathlib import Path

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.inspections import InspectionIn
from server import clock
from server.audit.service import verify_chain
from server.auth import roles
from server.auth.actor import Actor
from server.district import District
from server.inspections.service import Sending, submit_inspection
from storage.database.models import AuditEvent, Finding, Inspection, Person, Task, TaskAction
from tests.districts import Templates
from tests.factories.inspections import Json, inspection, new_id
from tests.faults.conftest import Place, Tell, how_many
from tests.faults.rounds import Rounds
from tests.faults.settling import opened
from tests.servers.app import AppServer

_LONG_AGO = timedelta(days=14)  # no holidays are so long that a working day has not passed since
_PATIENCE_S = 240


async def inspector(district: District) -> Actor:
    async with district.database.reading() as session:
        person = (await session.scalars(select(Person).where(Person.login == "inspector"))).one()
    role = roles.INSPECTOR
    return Actor(person.id, person.login, person.name, role, (role,), None, None, "a session", "a test")


async def receive_late(district: District, me: Actor, bodies: list[Json]) -> None:
    """Take these inspections as they were received two weeks ago, when no server swept."""
    for body in bodies:
        document = msgspec.convert(body, InspectionIn)
        sending = Sending(received_at=clock.now() - _LONG_AGO)
        async with district.database.writing() as session:
            await submit_inspection(session, new_id(), document, me=me, sending=sending)


async def still_waiting(district: District) -> int:
    async with district.database.reading() as session:
        query = select(func.count()).select_from(Inspection).where(Inspection.state == "submitted")
        return await session.scalar(query) or 0


async def kill_one_now_and_then(servers: list[AppServer], kills: int, dice: random.Random) -> None:
    for _ in range(kills):
        await asyncio.sleep(dice.uniform(0.5, 2.5))
        victim = dice.choice(servers)
        await asyncio.to_thread(victim.kill)
        await asyncio.to_thread(victim.start)


async def test_t14_r37_replicas_that_sweep_at_once_confirm_each_inspection_once(
    templates: Templates, tmp_path: Path, tell: Tell
) -> None:
    kills, replicas = how_many(2, 20), how_many(2, 3)
    async with templates.installed("postgresql", tmp_path) as url:
        place = Place(tmp_path, url)
        servers = [place.server().start()]
        rounds = Rounds(servers[0])
        servers[0].stop()
        bodies = [
            inspection(site, rounds.version, failing=pair, finished_at=clock.now() - _LONG_AGO)
            for site in rounds.sites
            for pair in zip(*[iter(rounds.items(site))] * 2, strict=False)
        ]
        with opened(place.settings) as (district, _):
            try:
                me = await inspector(district)
                backlog = len(bodies) // 2
                await receive_late(district, me, bodies[:backlog])
                servers = [place.server(XUNGAI_SWEEP_SECONDS="1") for _ in range(replicas)]
                with contextlib.ExitStack() as running:
                    for server in servers:
                        running.callback(server.stop)
                    async with asyncio.TaskGroup() as group:
                        for server in servers:
                            group.create_task(asyncio.to_thread(server.start))
                    async with asyncio.TaskGroup() as group:
                        group.create_task(kill_one_now_and_then(servers, kills, random.Random(14)))
                        group.create_task(receive_late(district, me, bodies[backlog:]))
                    async with asyncio.timeout(_PATIENCE_S):
                        while await still_waiting(district):
                            await asyncio.sleep(0.2)
                async with district.database.reading() as session:
                    tasks = await acted_once(session, len(bodies))
            finally:
                await district.database.close()
                await district.objects.close()
    tell(f"{replicas} replicas, {kills} kills, {len(bodies)} inspections confirmed once, {tasks} numbers without a gap")


async def acted_once(session: AsyncSession, inspections: int) -> int:
    """Every inspection and every task was confirmed exactly once, and the numbers have no gap; how many tasks."""
    confirmed = select(AuditEvent.subject_id).where(AuditEvent.action == "confirm_inspection")
    assert sorted(await session.scalars(confirmed)) == sorted(await session.scalars(select(Inspection.id)))
    assert await session.scalar(select(func.count()).select_from(Inspection)) == inspections
    task_ids = sorted(await session.scalars(select(Task.id)))
    assert sorted(await session.scalars(select(TaskAction.task_id))) == task_ids
    assert set(await session.scalars(select(Finding.status))) == {"confirmed"}
    numbers = sorted(int(str(number).rsplit("-", 1)[1]) for number in await session.scalars(select(Task.number)))
    assert numbers == list(range(1, 2 * inspections + 1))
    assert await verify_chain(session) is None
    return len(task_ids)
