"""Gathers the plain facts that a letter is composed from: problems with their photos, quoted letters, the frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import Trigger
from schemas.marks import Mark
from server import clock
from server.documents.composing.facts import Contact, Frame, Issuer, LetterRef, Problem, Shot
from server.letters.numbering import printed_number
from server.org.rules import Rules
from server.tasks import lookups
from server.tasks.origins import said_source
from storage.database.models import Letter, Photo, PhotoUse, Task

_MOST_PHOTOS = 3


def frame_of(
    rules: Rules,
    *,
    code: str,
    year: int,
    contact: Contact | None,
    copied_to: Sequence[str] = (),
    by_group: bool = False,
) -> Frame:
    """What every document has round its text: the office's, or the group's where it goes to all units."""
    issuer = Issuer(
        name=rules.group_name if by_group else rules.office_name,
        code=code,
        sealed=True,
        proxy_seal=rules.seal_by_lead_unit,
        imprint_office=rules.office_name,
    )
    return Frame(issuer=issuer, year=year, contact=contact, copied_to=tuple(copied_to), status="draft")


async def problems_of(
    session: AsyncSession,
    tasks: Sequence[Task],
    *,
    triggers: Mapping[str, tuple[Trigger, str]],
    due: Mapping[str, date],
) -> tuple[Problem, ...]:
    """One problem a task, in the order given; `triggers` and `due` are by task id."""
    places = await lookups.places(session, tasks)
    photos = await _photos(session, [task.id for task in tasks])
    return tuple(
        Problem(
            site=places[task.id],
            description=task.problem,
            basis=task.item_code or said_source(task),
            severity=task.severity,
            trigger=triggers[task.id][0],
            due_on=due[task.id],
            detail=triggers[task.id][1],
            before=tuple(photos[task.id]),
            no_photo="" if photos[task.id] else _no_photo(task),
        )
        for task in tasks
    )


def _no_photo(task: Task) -> str:
    return "检查时未拍摄照片" if task.origin == "inspection" else "交办时未附照片"


async def _photos(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, list[Shot]]:
    """Up to three received photos of each fault, the latest sighting first."""
    found: dict[str, list[Shot]] = defaultdict(list)
    query = (
        select(PhotoUse.task_id, PhotoUse.sha256, PhotoUse.created_at, PhotoUse.marks)
        .join(Photo, Photo.sha256 == PhotoUse.sha256)
        .where(PhotoUse.task_id.in_(task_ids), PhotoUse.purpose.in_(lookups.OF_THE_FAULT), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at.desc(), PhotoUse.id)
    )
    for task_id, sha256, created_at, marks in await session.execute(query):
        shots = found[str(task_id)]
        if len(shots) < _MOST_PHOTOS and all(shot.sha256 != sha256 for shot in shots):
            drawn = msgspec.convert(marks, tuple[Mark, ...])
            shots.append(Shot(sha256, clock.shanghai_date(created_at), drawn))
    return found


def quoted(letter: Letter) -> LetterRef:
    """An issued letter as another one quotes it."""
    signed_at = letter.signed_at or letter.created_at
    signed_on = clock.shanghai_date(signed_at)
    return LetterRef(letter.title, printed_number(letter) or "", signed_on, letter.reply_due_on or signed_on)


def contact_of(name: str, phone: str) -> Contact | None:
    return Contact(name, phone) if name or phone else None
