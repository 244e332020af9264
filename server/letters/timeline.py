"""The history of a letter: its steps, who got it and who has read it, and what the register takes from the steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.letters import LetterReader, LetterStepOut
from server.auth import roles
from server.auth.actor import Actor
from server.tasks import lookups
from storage.database.models import LetterScan, LetterStep, Message, Person, ReplyTold, Unit

_HIDDEN_FIELDS = frozenset({"id", "action", "version"})


async def history(session: AsyncSession, letter_id: str) -> list[LetterStepOut]:
    """All steps, the oldest first."""
    told_unit, told_person = aliased(Unit), aliased(Person)
    query = (
        select(LetterStep, lookups.DOER, Unit.name, told_unit.name, told_person.name)
        .outerjoin(Person, Person.id == LetterStep.actor_id)
        .outerjoin(ReplyTold, ReplyTold.step_id == LetterStep.id)
        .outerjoin(Unit, Unit.id == LetterStep.unit_id)
        .outerjoin(told_unit, told_unit.id == LetterStep.on_behalf_of)
        .outerjoin(told_person, told_person.id == LetterStep.on_behalf_of)
        .where(LetterStep.letter_id == letter_id)
        .order_by(LetterStep.at, LetterStep.id)
    )
    rows = (await session.execute(query)).all()
    scans = [step.body["scan"] for step, *_ in rows if step.body.get("scan")]
    pdfs = set(await session.scalars(select(LetterScan.sha256).where(LetterScan.sha256.in_(scans))))
    return [
        LetterStepOut(
            id=step.id,
            action=step.action,
            at=step.at,
            actor=person or "",
            role=step.role,
            unit=unit,
            on_behalf_of=for_unit or for_person,
            original_on=step.original_on,
            scan=None if not step.body.get("scan") else "pdf" if step.body["scan"] in pdfs else "photo",
            detail={key: value for key, value in step.body.items() if value and key not in _HIDDEN_FIELDS},
        )
        for step, person, unit, for_unit, for_person in rows
    ]


async def readers(session: AsyncSession, me: Actor, letter_id: str) -> list[LetterReader]:
    """To whom the issue of a letter was told, and who has read it; for those who see the whole district."""
    if me.role not in roles.DISTRICT:
        return []
    query = (
        select(Message, Person.name, Unit.name)
        .join(Person, Person.id == Message.person_id)
        .outerjoin(Unit, Unit.id == Message.unit_id)
        .where(Message.link == f"/letters/{letter_id}", Message.dedupe_key.startswith(f"letter-issued:{letter_id}:"))
        .order_by(Message.delivered_at, Message.id)
    )
    return [
        LetterReader(
            person=person,
            unit=unit,
            on_paper=message.kind in ("letter-paper", "letter-round-paper"),
            delivered_at=message.delivered_at,
            read_at=message.read_at,
        )
        for message, person, unit in await session.execute(query)
    ]


@dataclass(slots=True)
class Marks:
    """What the register shows of a letter's later life."""

    archive_number: str | None = None
    sealed_scan: str | None = None
    delivered_on: date | None = None


async def marks_of(session: AsyncSession, letter_ids: Iterable[str]) -> dict[str, Marks]:
    """The newest seal's scan, the newest 回执 and the archive's number of each letter."""
    found = {letter_id: Marks() for letter_id in letter_ids}
    query = (
        select(LetterStep)
        .where(LetterStep.letter_id.in_(found), LetterStep.action.in_(("seal", "archive", "deliver")))
        .order_by(LetterStep.at, LetterStep.id)
    )
    for step in await session.scalars(query):
        marks = found[step.letter_id]
        if step.action == "archive":
            marks.archive_number = step.body.get("archiveNumber") or None
        elif step.action == "seal":
            marks.sealed_scan = step.body.get("scan") or marks.sealed_scan
        else:
            marks.delivered_on = step.original_on
    return found
