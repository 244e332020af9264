"""Reminders of what is missing: by the calendar before a round closes, and whenever the office presses (R93)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.declaration.errors import RoundLocked
from server.declaration.gathering import Gathered, gather
from server.declaration.queries import units_lacking
from server.declaration.rhythm import step_of
from server.declaration.service import find_round
from server.messages.news import DOERS_OF_A_UNIT
from server.messages.recipients import Recipient, role_recipients, unit_recipients
from server.messages.service import notify
from server.tasks.lookups import unit_names
from storage.database.engine import Database
from storage.database.models import DeclarationRound, DigestLine


async def remind(session: AsyncSession, round_id: str, *, me: Actor) -> int:
    """Tell every unit what it still owes, now; once a day however often it is pressed. How many were told anew.

    Raises NotFound, RoundLocked.
    """
    gathered = await gather(session, await find_round(session, round_id))
    if gathered.locked:
        raise RoundLocked
    now = clock.now()
    told = await _tell(session, gathered, key=f"declaration:{round_id}:{clock.today()}", now=now, at_once=True)
    if told:
        audit.record(
            session, actor=me, action="remind_of_declaration", subject=("declaration", round_id), detail={"told": told}
        )
    return told


async def declarations_due(database: Database, now: datetime) -> int:
    """Lines of the digest for units whose materials are missing while the last day comes near; how many are new."""
    today, told = clock.shanghai_date(now), 0
    async with database.reading() as session:
        begun = select(DeclarationRound).where(DeclarationRound.opens_on <= today)
        rounds = [await gather(session, one) for one in await session.scalars(begun)]
        near = [(one, step) for one in rounds if (step := step_of(one.until_on, today)) is not None]
        fresh = [(one, step) for one, step in near if not await _was_told(session, one, step)]
    for gathered, step in fresh:
        async with database.writing() as session:
            told += await _tell(session, gathered, key=_key(gathered, step), now=now, at_once=False)
    return told


def _key(gathered: Gathered, step: int) -> str:
    return f"declaration:{gathered.round.id}:{gathered.until_on}:{step}"


async def _was_told(session: AsyncSession, gathered: Gathered, step: int) -> bool:
    """Whether this step's lines went out already: a sweep comes every few minutes."""
    begins = DigestLine.dedupe_key.startswith(f"{_key(gathered, step)}:")
    return await session.scalar(select(DigestLine.id).where(begins).limit(1)) is not None


async def _tell(session: AsyncSession, gathered: Gathered, *, key: str, now: datetime, at_once: bool) -> int:
    lacking = units_lacking(gathered)
    names, told = await unit_names(session, lacking), 0
    for unit_id, count in lacking.items():
        told += await notify(
            session,
            to=await _people(session, unit_id, clock.shanghai_date(now)),
            kind="declaration-missing",
            params=_params(gathered, names, unit_id, count),
            link=f"/declaration/{gathered.round.id}",
            dedupe_key=f"{key}:{unit_id}",
            at_once=at_once,
            now=now,
        )
    return told


def _params(gathered: Gathered, names: Mapping[str, str], unit_id: str, count: int) -> dict[str, object]:
    return {
        "unit": names[unit_id],
        "count": count,
        "year": gathered.round.year,
        "until_on": gathered.until_on.isoformat(),
    }


async def _people(session: AsyncSession, unit_id: str, on: date) -> list[Recipient]:
    """The unit's own people; where it has none, the office (R6)."""
    people = await unit_recipients(session, unit_id, on, *DOERS_OF_A_UNIT)
    return people or await role_recipients(session, roles.OFFICE, on)
