"""Afterwards: everything that was acknowledged is there, once, and nothing else is left lying about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit.service import verify_chain
from server.district import District
from server.installation import open_district
from server.photos.desk import PhotoDesk
from server.photos.sweeping import sweep_uploads
from server.photos.uploads import LIFETIME
from server.settings import Settings
from server.tasks.desk import open_desk
from storage.database.models import AuditEvent, Finding, Inspection, Photo, Task, TaskAction
from tests.factories.inspections import shuffled
from tests.factories.uploads import sha256
from tests.faults.phone import Ledger
from tests.servers.app import AppServer


def read_back(server: AppServer, ledger: Ledger) -> None:
    """Ask the running server for everything that it acknowledged, and send everything once more."""
    assert not ledger.complaints, ledger.complaints[:5]
    clients = {login: server.sign_in(login) for login in ("inspector", "inspector2", "office", "health")}
    office = clients["office"]
    for client in clients.values():
        # Some wait long for their turn: no connection is kept that the server could end at the moment it is used.
        client.headers["Connection"] = "close"
    try:
        for inspection_id, (login, body, receipt) in ledger.inspections.items():
            url = f"/api/inspections/{inspection_id}"
            _answered(office.get(url))
            again = _answered(clients[login].put(url, json=shuffled(body))).json()
            known = {name: again[name] for name in ("findings", "receivedAt", "missingPhotos")}
            promised = {"findings": receipt["findings"], "receivedAt": receipt["receivedAt"], "missingPhotos": []}
            assert known == promised, url
        for login, task_id, step, taken in ledger.steps.values():
            again = _answered(clients[login].post(f"/api/tasks/{task_id}/actions", json=step)).json()
            assert again == taken, (login, task_id, step)
        for digest, data in ledger.photos.items():
            kept = _answered(office.get(f"/api/photos/{digest}/original")).content
            assert (sha256(kept), kept == data) == (digest, True)
    finally:
        for client in clients.values():
            client.close()


def _answered(answer: httpx.Response) -> httpx.Response:
    """An answer of 200; any other is told with its problem and its request."""
    asked = answer.request
    said = f"{asked.method} {asked.url}: {answer.status_code} {answer.text[:2000] if answer.status_code != 200 else ''}"
    assert answer.status_code == 200, said
    return answer


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[District, PhotoDesk]]:
    """The district of a server that has ended."""
    district = open_district(settings)
    desk = open_desk(district)
    try:
        yield district, desk
    finally:
        desk.close()


async def look_inside(settings: Settings, ledger: Ledger) -> None:
    """Without the server: no row twice, the database and the chain whole, and no orphan after the sweeper."""
    with opened(settings) as (district, desk):
        try:
            async with district.database.reading() as session:
                await _rows(session, ledger, sqlite=district.database.is_sqlite)
                assert await verify_chain(session) is None
            leftovers = await left_after_sweep(district, desk, ledger.photos)
            assert leftovers == [], leftovers[:10]
        finally:
            await district.database.close()
            await district.objects.close()


async def _rows(session: AsyncSession, ledger: Ledger, *, sqlite: bool) -> None:
    if sqlite:
        assert await session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert (await session.execute(text("PRAGMA foreign_key_check"))).all() == []
    assert set(await session.scalars(select(Inspection.id))) == set(ledger.inspections)
    links = {f["id"]: f["taskId"] for _, _, receipt in ledger.inspections.values() for f in receipt["findings"]}
    assert {row.id: row.task_id for row in await session.execute(select(Finding.id, Finding.task_id))} == links
    assert set(await session.scalars(select(Task.id))) == set(links.values())
    assert set(await session.scalars(select(TaskAction.id))) == set(ledger.steps)
    assert set(await session.scalars(select(Photo.sha256))) == set(ledger.photos)
    numbers = sorted(int(n.rsplit("-", 1)[1]) for n in await session.scalars(select(Task.number)) if n)
    assert numbers == list(range(1, len(numbers) + 1))
    events = select(AuditEvent.action, AuditEvent.subject_id, func.count()).where(
        AuditEvent.action.in_(["submit_inspection", "open_task"])
    )
    told = [tuple(row) for row in await session.execute(events.group_by(AuditEvent.action, AuditEvent.subject_id))]
    assert len(told) == len(ledger.inspections) + len(set(links.values()))
    assert {count for _, _, count in told} <= {1}


async def left_after_sweep(district: District, desk: PhotoDesk, kept: Collection[str]) -> list[str]:
    """Sweep as in a week, and tell whatever then lies in the store or beside it and belongs to none of these hashes."""
    await sweep_uploads(desk, clock.now() + LIFETIME + timedelta(hours=1))
    found = [info.key async for info in district.objects.list("")]
    left = [key for key in found if key.rsplit("/", 1)[1].split("-")[0] not in kept]
    return left + _half_written(district.settings)


def _half_written(settings: Settings) -> list[str]:
    folders = (settings.data_dir / "incoming", settings.data_dir / "objects" / ".incoming")
    return [str(path) for folder in folders if folder.is_dir() for path in folder.iterdir()]


def unswept(settings: Settings, ledger: Ledger) -> list[str]:
    """Temporary files and originals without a receipt, as they lie before any sweep."""
    originals = (settings.data_dir / "objects" / "photos").rglob("*")
    strays = [str(path) for path in originals if path.is_file() and path.name not in ledger.photos]
    return _half_written(settings) + strays
