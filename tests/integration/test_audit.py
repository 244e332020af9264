"""One event for each change, in the same transaction, chained so that no later edit goes unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.audit import service as audit
from server.auth.actor import System
from server.district import District
from storage.database.models import AuditEvent, AuditHead, Task
from tests.factories.crew import Crew
from tests.factories.inspections import new_id


async def events(district: District, since: int = 0) -> list[tuple[str, str, str]]:
    """Action, kind of subject and role of each event, the oldest first."""
    query = select(AuditEvent.action, AuditEvent.subject_kind, AuditEvent.role).where(AuditEvent.seq > since)
    async with district.database.reading() as session:
        return [
            (row.action, row.subject_kind, row.role) for row in await session.execute(query.order_by(AuditEvent.seq))
        ]


async def head(district: District) -> int:
    async with district.database.reading() as session:
        return await audit.latest_seq(session)


async def broken_at(district: District) -> int | None:
    async with district.database.reading() as session:
        return await audit.verify_chain(session, batch=7)


async def test_r89_every_change_leaves_its_event_with_the_role(crew: Crew, district: District) -> None:
    await crew.pack()
    for login in ("office", "health", "inspector2", "admin"):
        await crew.of(login)
    person = await crew.person("street")
    since = await head(district)
    receipt = await crew.submit(failing=["YL-B01"])
    task_id = receipt["findings"][0]["taskId"]
    await crew.did("office", task_id, "confirm")
    await crew.did("health", task_id, "progress", text="开始整改")
    await crew.did("health", task_id, "reply", text="已整改")
    await crew.did("office", task_id, "return", reason="不彻底")
    await crew.did("office", task_id, "extend", until="2099-01-04", reason="施工")
    await crew.did("office", task_id, "correct", severity="minor", reason="轻微")
    await crew.did("office", task_id, "void", reason="误判")
    await (await crew.of("admin")).post(f"/api/people/{person}/one-time-password")
    await (await crew.of("admin")).delete(f"/api/people/{person}/sessions")
    await (await crew.of("health")).patch("/api/session", json={"role": "data_officer"})
    await (await crew.of("health")).delete("/api/session")
    assert await events(district, since) == [
        ("open_task", "task", "inspector"),
        ("submit_inspection", "inspection", "inspector"),
        ("confirm_inspection", "inspection", "office"),
        ("confirm", "task", "office"),
        ("progress", "task", "liaison"),
        ("reply", "task", "liaison"),
        ("return", "task", "office"),
        ("extend", "task", "office"),
        ("correct", "task", "office"),
        ("void", "task", "office"),
        ("one_time_password", "person", "admin"),
        ("end_sessions", "person", "admin"),
        ("choose_role", "session", "liaison"),
        ("sign_out", "session", "data_officer"),
    ]
    assert await broken_at(district) is None


async def test_r89_what_is_refused_leaves_no_event_and_no_change(crew: Crew, district: District) -> None:
    task_id = await crew.found()
    for login in ("street", "office"):
        await crew.of(login)
    since = await head(district)
    body = await crew.body()
    assert (await crew.put({**body, "answers": []})).status_code == 422
    assert (await crew.step("street", task_id, "reply", text="x")).status_code == 404
    assert (await crew.step("office", task_id, "void")).status_code == 422
    assert (await crew.step("inspector", task_id, "confirm")).status_code == 403
    assert await events(district, since) == []


async def test_r89_a_transaction_that_fails_leaves_neither_change_nor_event(crew: Crew, district: District) -> None:
    task_id = await crew.found()
    since = await head(district)
    with pytest.raises(RuntimeError):
        async with district.database.writing() as session:
            (await session.get_one(Task, task_id)).problem = "改写"
            audit.record(session, actor=System(), action="rewrite", subject=("task", task_id))
            raise RuntimeError("the power is gone")
    assert await events(district, since) == []
    assert (await crew.task(task_id))["problem"] != "改写"


async def test_a_step_that_came_too_late_is_an_event_too(crew: Crew, district: District) -> None:
    task_id = await crew.found()
    await crew.did("office", task_id, "void", reason="误判")
    since = await head(district)
    assert (await crew.step("office", task_id, "correct", reason="x")).status_code == 409
    assert await events(district, since) == [("correct", "task", "office")]


async def test_many_changes_at_once_make_one_chain_without_gap(crew: Crew, district: District) -> None:
    sites = [f"YL-0{number}" for number in range(1, 9)]
    await crew.pack()
    await asyncio.gather(*(crew.submit(site, failing=["YL-B01", "YL-B02"]) for site in sites))
    async with district.database.reading() as session:
        numbers = (await session.scalars(select(AuditEvent.seq).order_by(AuditEvent.seq))).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert await broken_at(district) is None


Tampering = Callable[[AsyncSession, int], Awaitable[object]]


async def edit(session: AsyncSession, seq: int) -> None:
    await session.execute(update(AuditEvent).where(AuditEvent.seq == seq).values(role="office"))


async def edit_detail(session: AsyncSession, seq: int) -> None:
    await session.execute(update(AuditEvent).where(AuditEvent.seq == seq).values(detail={"findings": 0}))


async def remove(session: AsyncSession, seq: int) -> None:
    await session.execute(delete(AuditEvent).where(AuditEvent.seq == seq))


async def swap(session: AsyncSession, seq: int) -> None:
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        await session.execute(update(AuditEvent).where(AuditEvent.seq == old).values(seq=new))


async def insert_one(session: AsyncSession, seq: int) -> None:
    last = await session.scalar(select(func.max(AuditEvent.seq))) or 0
    for number in range(last, seq - 1, -1):
        await session.execute(update(AuditEvent).where(AuditEvent.seq == number).values(seq=number + 1))
    await session.execute(text(
        "INSERT INTO audit_event SELECT :seq, at, actor_id, role, unit_id, client, action, subject_kind, subject_id, "
        "detail, previous_hash, hash FROM audit_event WHERE seq = :other"
    ), {"seq": seq, "other": seq + 1})  # fmt: skip


@pytest.mark.parametrize("tamper", [edit, edit_detail, remove, swap, insert_one], ids=lambda tamper: tamper.__name__)
async def test_t11_tampering_is_found_where_it_was_done(crew: Crew, district: District, tamper: Tampering) -> None:
    await crew.submit(failing=["YL-B01", "YL-B02"])
    seq = await head(district) - 3
    async with district.database.engine.begin() as connection, AsyncSession(connection) as session:
        await tamper(session, seq)
        await session.commit()
    assert await broken_at(district) in (seq, seq + 1)


async def test_t11_a_tail_that_was_cut_off_is_found(crew: Crew, district: District) -> None:
    await crew.submit(failing=["YL-B01"])
    last = await head(district)
    async with district.database.writing() as session:
        await session.execute(delete(AuditEvent).where(AuditEvent.seq == last))
    assert await broken_at(district) == last
    async with district.database.writing() as session:
        await session.execute(delete(AuditEvent))
        await session.execute(delete(AuditHead).where(AuditHead.id == -1))
    assert await broken_at(district) == 1


async def test_events_of_a_subject_come_oldest_first(crew: Crew, district: District) -> None:
    task_id = await crew.opened()
    async with district.database.reading() as session:
        found = await audit.events_of(session, "task", task_id)
        assert await audit.events_of(session, "task", new_id()) == []
    assert [(action, role) for _, action, role in found] == [("open_task", "inspector"), ("confirm", "office")]
