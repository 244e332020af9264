"""`verify` names the first thing that does not fit, whatever was damaged: chain, heads, rows, objects."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit.chain import GENESIS, canonical, event_hash, fields_of
from server.audit.heads import current_head, head_key, keep_head
from server.audit.stamps import StampError, fetch_stamp, read_roots, stamped_at
from server.district import District
from server.photos.desk import photo_key
from server.verification import verify
from storage.database.models import AuditEvent, AuditHead, Inspection, Photo, TaskAction
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.crew import Crew
from tests.fixtures import photos
from tests.servers.tsa import Tsa, tsa

Damage = Callable[[AsyncSession], Awaitable[Any]]


@pytest.fixture
async def used(crew: Crew, district: District, sign_in: SignIn) -> District:
    """A district in which something has happened: an inspection, steps of a task, two photos, a kept head."""
    receipt = await crew.submit(failing=["YL-B01"])
    await crew.did("office", receipt["findings"][0]["taskId"], "confirm")
    await crew.did("health", receipt["findings"][0]["taskId"], "progress", text="开始整改")
    inspector = await sign_in("inspector")
    for seed in (1, 2):
        await uploads.send(inspector, photos.jpeg(seed=seed))
    assert await keep_head(district, on=clock.today(), now=clock.now()) == 1
    assert await keep_head(district, on=clock.today(), now=clock.now()) == 0
    return district


async def found(district: District) -> list[str]:
    verdict = await verify(district)
    assert verdict.holds is not any([verdict.broken_event, verdict.faults])
    return sorted(verdict.faults) + ([f"event {verdict.broken_event}"] if verdict.broken_event else [])


async def test_r89_an_untouched_district_fits(used: District) -> None:
    assert await found(used) == []
    assert (await verify(used)).photos == 2


async def change_result(session: AsyncSession) -> None:
    row = (await session.scalars(select(Inspection).limit(1))).one()
    answers = [answer | {"note": "另一说法"} for answer in row.document["answers"]]
    await session.execute(update(Inspection).values(document=row.document | {"answers": answers}))


async def change_step(session: AsyncSession) -> None:
    row = (await session.scalars(select(TaskAction).where(TaskAction.action == "progress"))).one()
    row.body = row.body | {"text": "早已整改"}


async def foreign_step(session: AsyncSession) -> None:
    row = (await session.scalars(select(TaskAction).limit(1))).one()
    copied = {column.key: getattr(row, column.key) for column in TaskAction.__table__.columns}
    session.add(TaskAction(**copied | {"id": "0" * 36, "seq": 900}))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda s: s.execute(update(Photo).values(size_bytes=7)), ["photos, other size", "rows of photos, changed"]),
        (change_result, ["rows of inspections, changed"]),
        (lambda s: s.execute(update(Inspection).values(document_sha256="0" * 64)), ["rows of inspections, changed"]),
        (change_step, ["rows of steps, changed"]),
        (lambda s: s.execute(delete(TaskAction)), ["rows of steps, gone"]),
        (foreign_step, ["rows of steps, never told of"]),
    ],
)
async def test_r89_a_row_that_was_changed_taken_away_or_slipped_in_is_named(
    used: District, damage: Damage, named: list[str]
) -> None:
    async with used.database.writing() as session:
        await damage(session)
    assert await found(used) == named


async def test_r89_a_changed_event_is_named_by_its_number(used: District) -> None:
    async with used.database.writing() as session:
        await session.execute(update(AuditEvent).where(AuditEvent.seq == 5).values(role="admin"))
    assert "event 5" in await found(used)


async def test_r89_a_chain_that_was_rewritten_whole_does_not_fit_its_kept_head(used: District) -> None:
    async with used.database.writing() as session:
        previous = GENESIS
        for event in (await session.scalars(select(AuditEvent).order_by(AuditEvent.seq))).all():
            event.role = "office" if event.seq == 3 else event.role
            event.previous_hash = previous
            previous = event.hash = event_hash(previous, fields_of(event))
        await session.execute(update(AuditHead).values(hash=previous))
    assert await found(used) == ["heads, of another chain"]


async def test_r86_an_object_that_was_changed_or_lost_or_slipped_in_is_named(used: District, tmp_path: Path) -> None:
    async with used.database.reading() as session:
        first, second = (await session.scalars(select(Photo).order_by(Photo.sha256))).all()
    await used.objects.put(photo_key(first.sha256), b"x" * first.size_bytes)
    await used.objects.delete(photo_key(second.sha256))
    verdict = await verify(used)
    assert verdict.first == {
        "photos, other bytes": photo_key(first.sha256),
        "photos, missing": photo_key(second.sha256),
    }
    assert "photos, other bytes: 1, the first " + photo_key(first.sha256) in verdict.lines()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tsa]:
    with tsa(tmp_path_factory.mktemp("tsa")) as running:
        yield running


def stamping(district: District, service: Tsa) -> District:
    settings = dataclasses.replace(district.settings, tsa_url=service.url, tsa_roots=service.roots)
    return dataclasses.replace(district, settings=settings)


async def test_a_head_is_stamped_and_a_service_that_is_away_is_asked_again(used: District, service: Tsa) -> None:
    stamped, on = stamping(used, service), clock.today() + timedelta(days=1)
    service.away = True
    assert await keep_head(stamped, on=on, now=clock.now()) == 1
    assert json.loads(await used.objects.get(head_key(on)))["stamp"] is None
    assert await keep_head(stamped, on=on, now=clock.now()) == 0
    service.away = False
    assert await keep_head(stamped, on=on, now=clock.now()) == 1
    asked = service.asked
    assert await keep_head(stamped, on=on, now=clock.now()) == 0
    assert service.asked == asked
    kept = json.loads(await used.objects.get(head_key(on)))
    assert kept["stamp"]
    assert await found(stamped) == []
    kept["head"]["at"] = "2020-01-01T00:00:00Z"
    await used.objects.put(head_key(on), json.dumps(kept).encode())
    assert await found(stamped) == ["heads, badly stamped"]


async def test_an_exported_head_is_stamped_or_refused(used: District, service: Tsa) -> None:
    stamped = stamping(used, service)
    kept = await current_head(stamped, on=clock.today(), now=clock.now())
    assert kept is not None
    assert kept.stamp
    service.away = True
    with pytest.raises(StampError):
        await current_head(stamped, on=clock.today(), now=clock.now())
    service.away = False


def test_a_stamp_stands_for_its_bytes_and_its_root_alone(service: Tsa, tmp_path: Path) -> None:
    data = canonical({"seq": 7})
    raw = fetch_stamp(service.url, data)
    roots = read_roots(service.roots)
    assert abs(stamped_at(raw, data, roots) - clock.now()) < timedelta(minutes=5)
    with tsa(tmp_path / "other") as other:
        for bytes_, trusted in ((data + b"x", roots), (data, read_roots(other.roots)), (data, [])):
            with pytest.raises(StampError):
                stamped_at(raw, bytes_, trusted)
    for wrong in (raw, b"no stamp", b""):
        service.wrong = wrong or b" "
        with pytest.raises(StampError):  # the answer to another question, too
            fetch_stamp(service.url, data)
    service.wrong = None


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_head_is_unreadable_where_it_was_cut(used: District) -> None:
    await used.objects.put(head_key(clock.today()), b'{"head"')
    assert await found(used) == ["heads, unreadable"]
    async with used.database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM audit_event"))).scalar_one() > 0
