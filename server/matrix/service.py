"""Changing who owes what: from a day, to a day, with a reason. Only the office does it (R4)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.matrix import DutyEnd, DutyIn
from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.matrix.errors import CompilerThere, DutyDiffers, DutyEnded, DutyThere
from server.matrix.holding import stand_for
from server.matrix.notice import indicators
from server.matrix.queries import members, notice_on
from storage.database.models import CatalogueEdition, IndicatorDuty

_DAY = timedelta(days=1)


async def hold_matrix(session: AsyncSession) -> None:
    """Let changes of the matrix wait for each other: whether two shares overlap is decided on what is there."""
    await session.execute(select(CatalogueEdition.id).order_by(CatalogueEdition.id).with_for_update())


async def enter_duty(session: AsyncSession, duty_id: str, asked: DutyIn, *, me: Actor) -> bool:
    """Give a unit a share from a day on; whether it is new. The same again changes nothing.

    Where the unit has it already and only who compiles differs (R11), the old row ends the day before.
    Raises DutyDiffers, DutyThere, CompilerThere, Unprocessable.
    """
    if not ids.is_uuid(duty_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    await hold_matrix(session)
    known = await session.get(IndicatorDuty, duty_id)
    if known is not None:
        if _told(known) != _asked(asked):
            raise DutyDiffers
        return False
    await _check(session, asked)
    here = await _running(session, asked)
    same = [one for one in here if (one.holder, one.part) == (asked.holder, asked.part)]
    if any(one.compiles == asked.compiles or one.from_on > asked.from_on for one in same):
        raise DutyThere
    if asked.compiles and any(one.compiles for one in here):
        raise CompilerThere
    for one in same:
        one.until_on = asked.from_on - _DAY
    duty = IndicatorDuty(
        id=duty_id,
        indicator_code=asked.indicator_code,
        requirement_code=asked.requirement_code,
        holder=asked.holder,
        part=asked.part,
        position=same[0].position if same else max([0, *(one.position + 1 for one in here)]),
        compiles=asked.compiles,
        from_on=asked.from_on,
        reason=asked.reason.strip(),
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(duty)
    detail = {"indicator": asked.indicator_code, "requirement": asked.requirement_code, "holder": asked.holder}
    audit.record(session, actor=me, action="enter_duty", subject=("duty", duty_id), detail=detail)
    return True


def _told(duty: IndicatorDuty) -> tuple[str, str, str, str, bool, date, str]:
    named = duty.indicator_code, duty.requirement_code, duty.holder, duty.part
    return *named, duty.compiles, duty.from_on, duty.reason


def _asked(asked: DutyIn) -> tuple[str, str, str, str, bool, date, str]:
    named = asked.indicator_code, asked.requirement_code, asked.holder, asked.part
    return *named, asked.compiles, asked.from_on, asked.reason.strip()


async def _check(session: AsyncSession, asked: DutyIn) -> None:
    """Raise Unprocessable where the share is in nothing, or for nobody."""
    notice = await notice_on(session, asked.from_on)
    rows = {row.code: row for row in indicators(notice)}
    errors = []
    row = rows.get(asked.indicator_code)
    if row is None:
        errors.append(FieldError("/indicatorCode", "indicator-unknown"))
    elif asked.requirement_code and asked.requirement_code not in {one.code for one in row.requirements}:
        errors.append(FieldError("/requirementCode", "requirement-unknown"))
    groups = {one.code for one in notice.organisation.groups}
    if asked.holder not in groups and not stand_for(asked.holder, await members(session), asked.from_on):
        errors.append(FieldError("/holder", "holder-unknown"))
    if asked.compiles and (asked.part != "responsible" or not asked.requirement_code):
        errors.append(FieldError("/compiles", "compiles-nothing"))
    if not asked.reason.strip():
        errors.append(FieldError("/reason", "required"))
    if errors:
        raise Unprocessable(errors=errors)


async def _running(session: AsyncSession, asked: DutyIn) -> list[IndicatorDuty]:
    """The shares in the same thing that hold on the asked day or begin after it."""
    query = select(IndicatorDuty).where(
        IndicatorDuty.indicator_code == asked.indicator_code,
        IndicatorDuty.requirement_code == asked.requirement_code,
        or_(IndicatorDuty.until_on.is_(None), IndicatorDuty.until_on >= asked.from_on),
    )
    return list(await session.scalars(query))


async def end_duty(session: AsyncSession, duty_id: str, asked: DutyEnd, *, me: Actor) -> None:
    """Let a share end with a day; the day before its first one takes it back whole. The same again changes nothing.

    Raises NotFound, DutyEnded, Unprocessable.
    """
    await hold_matrix(session)
    duty = await session.get(IndicatorDuty, duty_id)
    if duty is None:
        raise NotFound
    if duty.until_on is not None:
        if duty.until_on == asked.until_on:
            return
        raise DutyEnded
    errors = [FieldError("/reason", "required")] if not asked.reason.strip() else []
    if asked.until_on < duty.from_on - _DAY:
        errors.append(FieldError("/untilOn", "end-before-begin"))
    if errors:
        raise Unprocessable(errors=errors)
    duty.until_on = asked.until_on
    detail = {"untilOn": asked.until_on.isoformat(), "reason": asked.reason.strip()}
    audit.record(session, actor=me, action="end_duty", subject=("duty", duty_id), detail=detail)
