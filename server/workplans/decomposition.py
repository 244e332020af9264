"""The month's decomposition of key indicators, by the office and the lead unit (R4, R19). Nothing is overwritten."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.decomposition import FocusIn, MonthLineIn
from schemas.workplans import MilestoneDone
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.matrix.queries import indicators_on, owners
from server.months import last_day
from server.workplans.decomposing import line_faults
from server.workplans.errors import DecompositionDiffers, LineSaid
from storage.database.models import DecompositionDone, DecompositionFocus, DecompositionLine, Unit


async def may_decompose(session: AsyncSession, me: Actor) -> bool:
    """The office and the lead unit do (R4)."""
    if me.role == roles.OFFICE:
        return True
    unit = await session.get(Unit, me.unit_id) if me.is_unit and me.unit_id else None
    return unit is not None and unit.kind == "lead"


async def focus_of(session: AsyncSession, month: str) -> DecompositionFocus | None:
    """The newest list of what is 重点 in a month."""
    found = select(DecompositionFocus).where(DecompositionFocus.month == month)
    return await session.scalar(found.order_by(DecompositionFocus.number.desc()).limit(1))


async def mark(session: AsyncSession, focus_id: str, asked: FocusIn, *, me: Actor) -> bool:
    """Mark what is 重点 in a month; whether it is new. Lines of what is no longer marked stay, unseen.

    Raises DecompositionDiffers, NotAllowed, Unprocessable.
    """
    if not await may_decompose(session, me):
        raise NotAllowed
    _check_id(focus_id)
    # Whoever marks waits for whoever does so at the same moment: their numbers follow each other.
    await session.execute(select(Unit.id).where(Unit.kind == "lead").with_for_update())
    known, told = await session.get(DecompositionFocus, focus_id), digest(asked)
    if known is not None:
        if known.body_sha256 != told:
            raise DecompositionDiffers
        return False
    named = {row.code for row in await indicators_on(session, last_day(asked.month))}
    if not named.issuperset(asked.indicator_codes):
        raise Unprocessable(errors=[FieldError("/indicatorCodes", "indicator-unknown")])
    latest = await focus_of(session, asked.month)
    focus = DecompositionFocus(
        id=focus_id,
        month=asked.month,
        number=latest.number + 1 if latest else 1,
        indicator_codes=sorted(set(asked.indicator_codes)),
        body_sha256=told,
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(focus)
    detail = {"month": asked.month, "number": focus.number, "indicators": focus.indicator_codes}
    audit.record(session, actor=me, action="mark_focus", subject=("decomposition", focus_id), detail=detail)
    return True


async def enter_line(session: AsyncSession, line_id: str, asked: MonthLineIn, *, me: Actor) -> bool:
    """Enter a unit's line of a month, or its next version; whether it is new.

    Raises DecompositionDiffers, NotAllowed, Unprocessable.
    """
    if not await may_decompose(session, me):
        raise NotAllowed
    _check_id(line_id)
    await session.execute(select(Unit.id).where(Unit.id == asked.unit_id).with_for_update())
    known, told = await session.get(DecompositionLine, line_id), digest(asked)
    if known is not None:
        if known.body_sha256 != told:
            raise DecompositionDiffers
        return False
    await _check(session, asked)
    latest = await _latest(session, asked.month, asked.indicator_code, asked.unit_id)
    line = DecompositionLine(
        id=line_id,
        month=asked.month,
        indicator_code=asked.indicator_code,
        unit_id=asked.unit_id,
        number=latest.number + 1 if latest else 1,
        what=asked.what.strip(),
        due_on=asked.due_on,
        contact_on=asked.contact_on,
        contact=asked.contact.strip(),
        problem=asked.problem.strip(),
        result=asked.result.strip(),
        body_sha256=told,
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(line)
    detail = {"month": asked.month, "indicator": asked.indicator_code, "number": line.number, "body": told}
    audit.record(session, actor=me, action="enter_line", subject=("decomposition_line", line_id), detail=detail)
    return True


async def say_done(session: AsyncSession, month: str, code: str, asked: MilestoneDone, *, me: Actor) -> None:
    """A unit says that it did what its line asks; once. Raises NotFound, LineSaid, Unprocessable."""
    unit_id = me.unit_id or ""
    await session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    if await _latest(session, month, code, unit_id) is None:
        raise NotFound
    known = await session.get(DecompositionDone, (month, unit_id, code))
    if known is not None:
        if (known.done_on, known.note) == (asked.done_on, asked.note.strip()):
            return
        raise LineSaid
    errors = [FieldError("/doneOn", "day-ahead")] if asked.done_on > clock.today() else []
    if not asked.note.strip():
        errors.append(FieldError("/note", "required"))
    if errors:
        raise Unprocessable(errors=errors)
    done = DecompositionDone(
        month=month,
        unit_id=unit_id,
        indicator_code=code,
        done_on=asked.done_on,
        note=asked.note.strip(),
        said_at=clock.now(),
        said_by=me.person_id,
    )
    session.add(done)
    detail = {"indicator": code, "doneOn": asked.done_on.isoformat()}
    audit.record(session, actor=me, action="line_done", subject=("decomposition", f"{month}:{code}"), detail=detail)


def _check_id(given: str) -> None:
    if not ids.is_uuid(given):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])


async def _check(session: AsyncSession, asked: MonthLineIn) -> None:
    focus = await focus_of(session, asked.month)
    held = (await owners(session, last_day(asked.month))).get(asked.indicator_code, [])
    responsible = {one.unit_id for one in held if one.part == "responsible"}
    errors = line_faults(asked, focus.indicator_codes if focus else (), responsible, clock.today())
    if errors:
        raise Unprocessable(errors=errors)


async def _latest(session: AsyncSession, month: str, code: str, unit_id: str) -> DecompositionLine | None:
    found = select(DecompositionLine).where(
        DecompositionLine.month == month,
        DecompositionLine.indicator_code == code,
        DecompositionLine.unit_id == unit_id,
    )
    return await session.scalar(found.order_by(DecompositionLine.number.desc()).limit(1))
