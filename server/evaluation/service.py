"""Entering what the evaluation is computed from. Only the office does it; nothing that was entered is lost."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.evaluation_entries import (
    ComplaintIn,
    Entry,
    EntryKind,
    ForceIn,
    HonourIn,
    RatingIn,
    ScoreIn,
    ValueIn,
)
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.evaluation.checking import faults_in
from server.evaluation.errors import EntryDiffers
from server.matrix.queries import indicators_on
from server.org.units import OF_THE_GROUP
from storage.database.models import EvaluationEntry, Photo, Unit

KINDS: Final[dict[type[Entry], EntryKind]] = {
    ValueIn: "value",
    HonourIn: "honour",
    RatingIn: "rating",
    ForceIn: "force",
    ComplaintIn: "complaint",
    ScoreIn: "score",
}
ACTIONS = "KW-SDXD"
_ONE_OF: Final[dict[EntryKind, tuple[str, ...]]] = {
    "value": ("measure",),
    "rating": ("action", "unit_id", "criterion", "method"),
    "score": ("subject", "unit_id"),
    "complaint": ("number",),
}
"""What may stand only once in a year and level."""


async def enter(session: AsyncSession, entry_id: str, asked: Entry, *, me: Actor) -> EvaluationEntry:
    """Keep an entry, or its next version with a reason. The same again changes nothing.

    Raises EntryDiffers, NotFound, Unprocessable.
    """
    kind = KINDS[type(asked)]
    # Its first version is locked: it stays whatever follows it.
    first = await session.get(EvaluationEntry, (entry_id, 1), with_for_update=True)
    row, told = await current_entry(session, entry_id) if first else None, _told(asked)
    if row is not None and row.kind == kind and row.body_sha256 == told:
        return row
    if row is None and asked.version is not None:
        raise NotFound
    if row is not None and (row.kind != kind or row.version != asked.version):
        raise EntryDiffers
    errors = await _faults(session, entry_id, kind, asked)
    if row is not None and not asked.reason.strip():
        errors.append(FieldError("/reason", "entry-reason"))
    if errors:
        raise Unprocessable(errors=errors)
    if row is not None:
        row.is_current = False
        await session.flush()
    made = _entry(entry_id, kind, asked, told, version=row.version + 1 if row else 1, me=me)
    session.add(made)
    detail = {"kind": kind, "version": made.version, "body": told, "reason": made.reason}
    audit.record(session, actor=me, action="enter_evaluation", subject=("evaluation_entry", entry_id), detail=detail)
    return made


async def current_entry(session: AsyncSession, entry_id: str) -> EvaluationEntry:
    """The version of an entry that holds. Raises NotFound."""
    query = select(EvaluationEntry).where(EvaluationEntry.id == entry_id, EvaluationEntry.is_current)
    row = (await session.scalars(query)).first()
    if row is None:
        raise NotFound
    return row


async def _faults(session: AsyncSession, entry_id: str, kind: EntryKind, asked: Entry) -> list[FieldError]:
    units = set(await session.scalars(select(Unit.id).where(Unit.kind.in_(OF_THE_GROUP))))
    actions = {one.code for one in await ten_actions(session)}
    errors = faults_in(asked, today=clock.today(), units=units, actions=actions)
    if isinstance(asked, HonourIn) and asked.photo and await session.get(Photo, asked.photo) is None:
        errors.append(FieldError("/photo", "entry-photo"))
    fields = _ONE_OF.get(kind)
    if fields and await _stands_already(session, entry_id, kind, asked, fields):
        errors.append(FieldError("/year", "entry-twice"))
    return errors


async def _stands_already(
    session: AsyncSession, entry_id: str, kind: EntryKind, asked: Entry, fields: tuple[str, ...]
) -> bool:
    query = select(EvaluationEntry).where(
        EvaluationEntry.is_current,
        EvaluationEntry.id != entry_id,
        EvaluationEntry.kind == kind,
        EvaluationEntry.year == asked.year,
        EvaluationEntry.level == asked.level,
    )
    wanted = [getattr(asked, name) for name in fields]
    return any(wanted == [row.body.get(name) for name in fields] for row in await session.scalars(query))


class Action(msgspec.Struct, frozen=True):
    """One of the ten actions as the notice has it."""

    code: str
    name: str


async def ten_actions(session: AsyncSession) -> list[Action]:
    """The ten actions of the notice that holds today (R61)."""
    rows = await indicators_on(session, clock.today())
    found = next((row for row in rows if row.code == ACTIONS), None)
    return [Action(code, name) for code, name in (found.items if found else ())]


def _entry(entry_id: str, kind: EntryKind, asked: Entry, told: str, *, version: int, me: Actor) -> EvaluationEntry:
    return EvaluationEntry(
        id=entry_id,
        version=version,
        is_current=True,
        kind=kind,
        year=asked.year,
        level=asked.level,
        unit_id=getattr(asked, "unit_id", None),
        body=_body(asked),
        source=asked.source.strip(),
        reason=asked.reason.strip(),
        entered_at=clock.now(),
        entered_by=me.person_id,
        body_sha256=told,
    )


def _body(asked: Entry) -> dict[str, Any]:
    """What the kind has of its own, by the names of the fields here; days as text."""
    shared = set(Entry.__struct_fields__)
    own = {name: getattr(asked, name) for name in asked.__struct_fields__ if name not in shared}
    return {name: msgspec.to_builtins(value) for name, value in own.items()}


def _told(asked: Entry) -> str:
    body = msgspec.to_builtins(asked)
    return digest({name: value for name, value in body.items() if name not in ("version", "reason")})
