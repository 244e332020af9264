"""Single kinds of open work that go from a unit to its successor, by their rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.handover.belongings import UNSIGNED
from server.letters.noting import note_step
from storage.database.models import (
    DeclarationEdition,
    DeclarationMaterial,
    Letter,
    MeetingUnit,
    TaskWatcher,
)


def pass_letters(
    session: AsyncSession, letters: Sequence[Letter], to_id: str, *, said: str, me: Actor, now: datetime
) -> None:
    """What is signed goes on with its words and its number, and the successor answers it (R44). A draft would be signed
    to a unit that is no more: it is called off, and the ladder proposes it anew (R43).
    """
    for letter in letters:
        action = "succeed"
        if letter.state in UNSIGNED:
            action = "cancel"
            letter.state, letter.closed_at = "cancelled", now
        else:
            letter.unit_id = to_id
        letter.version += 1
        body = {"action": action, "reason": said}
        note_step(session, letter, step_id=ids.uuid7(), body=body, me=me, at=now, to=letter.unit_id)


async def pass_watching(session: AsyncSession, watched: Sequence[TaskWatcher], to_id: str | None) -> None:
    """The successor sees what the unit saw, each task once."""
    for row in watched:
        there = to_id is None or await session.get(TaskWatcher, (row.task_id, to_id)) is not None
        if there:
            await session.delete(row)
        elif to_id is not None:
            row.unit_id = to_id


async def pass_materials(
    session: AsyncSession, materials: Sequence[DeclarationMaterial], to_id: str, *, me: Actor
) -> None:
    """What is owed to a declaration. Where the successor owes the same already, it owes it once, and puts it together
    if the unit did; what the unit handed in stays under its name for the office to decide.
    """
    asks = [one.ask_id for one in materials]
    query = select(DeclarationMaterial).where(DeclarationMaterial.unit_id == to_id)
    theirs = {one.ask_id: one for one in await session.scalars(query.where(DeclarationMaterial.ask_id.in_(asks)))}
    for row in materials:
        own = theirs.get(row.ask_id)
        if own is None:
            row.unit_id = to_id
        else:
            own.part = "compiles" if "compiles" in (own.part, row.part) else own.part
            handed_in = exists().where(DeclarationEdition.material_id == row.id)
            if await session.scalar(select(handed_in)):
                row.part = "contributes"
            else:
                await session.delete(row)
        subject = ("declaration_material", row.id)
        audit.record(session, actor=me, action="pass_material", subject=subject, detail={"to": to_id})


async def pass_calls(session: AsyncSession, called: Sequence[MeetingUnit], to_id: str) -> None:
    """The successor is called to the meetings that are still to be held (R50)."""
    for row in called:
        if await session.get(MeetingUnit, (row.meeting_id, to_id)) is not None:
            await session.delete(row)
        else:
            row.unit_id = to_id
