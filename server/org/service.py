"""Keeping units: entering, correcting, renaming and ending them. Old names and days stay (R3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from schemas.org import UnitEnd, UnitIn, UnitPatch, UnitRename
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.org.errors import UnitDiffers
from server.org.registers import hold_register
from server.org.units import ONE_OF_A_KIND
from storage.database.models import Post, Site, Task, Unit, UnitName

_LIVE = ("draft", "open", "replied")


async def enter_unit(session: AsyncSession, asked: UnitIn, *, me: Actor, unit_id: str) -> bool:
    """Enter a unit; whether it is new. The same id and body again changes nothing.

    Raises UnitDiffers, Unprocessable with every field that is wrong.
    """
    await hold_register(session, "units")
    known = await session.get(Unit, unit_id)
    if known is not None:
        if known.body_sha256 != digest(asked):
            raise UnitDiffers
        return False
    errors = await _faults(session, unit_id, code=asked.code, name=asked.name.strip(), kind=asked.kind)
    if asked.seated_in_id is not None and await session.get(Unit, asked.seated_in_id) is None:
        errors.append(FieldError("/seatedInId", "post-unit-unknown"))
    if errors:
        raise Unprocessable(errors=errors)
    unit = Unit(
        id=unit_id,
        code=asked.code,
        name=asked.name.strip(),
        kind=asked.kind,
        member_from=asked.member_from,
        seated_in_id=asked.seated_in_id,
        body_sha256=digest(asked),
    )
    session.add(unit)
    detail = {"code": asked.code, "kind": asked.kind, "from": asked.member_from.isoformat()}
    audit.record(session, actor=me, action="enter_unit", subject=("unit", unit_id), detail=detail)
    return True


async def _faults(
    session: AsyncSession, unit_id: str, *, code: str | None = None, name: str | None = None, kind: str | None = None
) -> list[FieldError]:
    """Codes are unique for ever, names and what there is one of among the units of today."""
    now_there = (Unit.id != unit_id, or_(Unit.member_until.is_(None), Unit.member_until >= clock.today()))
    errors = []
    if code is not None and await _there_is(session, Unit.id != unit_id, func.lower(Unit.code) == code.lower()):
        errors.append(FieldError("/code", "unit-code-taken"))
    if name is not None and not name:
        errors.append(FieldError("/name", "unit-name-needed"))
    elif name is not None and await _there_is(session, *now_there, Unit.name == name):
        errors.append(FieldError("/name", "unit-name-taken"))
    if kind in ONE_OF_A_KIND and await _there_is(session, *now_there, Unit.kind == kind):
        errors.append(FieldError("/kind", "one-unit-of-the-kind"))
    return errors


async def _there_is(session: AsyncSession, *conditions: ColumnElement[bool]) -> bool:
    return await session.scalar(select(Unit.id).where(*conditions).limit(1)) is not None


async def _find(session: AsyncSession, unit_id: str) -> Unit:
    await hold_register(session, "units")
    unit = await session.get(Unit, unit_id, with_for_update=True)
    if unit is None:
        raise NotFound
    return unit


async def correct_unit(session: AsyncSession, asked: UnitPatch, *, me: Actor, unit_id: str) -> None:
    """Correct code, kind or days. Raises NotFound, Unprocessable."""
    unit = await _find(session, unit_id)
    changed = _changes(unit, asked)
    code = asked.code if isinstance(asked.code, str) else None
    kind = str(changed["kind"]) if "kind" in changed else None
    errors = await _faults(session, unit_id, code=code, kind=kind)
    begins = asked.member_from if isinstance(asked.member_from, date) else unit.member_from
    ends = unit.member_until if "member_until" not in changed else None
    if ends is not None and begins > ends:
        errors.append(FieldError("/memberFrom", "unit-days-crossed"))
    if errors:
        raise Unprocessable(errors=errors)
    for name, value in changed.items():
        detail = {"field": name, "from": str(getattr(unit, name)), "to": str(value)}
        setattr(unit, name, value)
        audit.record(session, actor=me, action="correct_unit", subject=("unit", unit_id), detail=detail)
    if "member_until" in changed:
        unit.successor_id = None


def _changes(unit: Unit, asked: UnitPatch) -> dict[str, str | date | None]:
    given = {name: getattr(asked, name) for name in ("code", "kind", "member_from", "member_until")}
    return {
        name: value
        for name, value in given.items()
        if (value is None or isinstance(value, (str, date))) and value != getattr(unit, name)
    }


async def rename_unit(session: AsyncSession, asked: UnitRename, *, me: Actor, unit_id: str) -> None:
    """Give a unit another name from a day on, today at the latest. Letters that are out keep the old one; asking for
    the name that it has changes nothing.

    Raises NotFound, Unprocessable.
    """
    unit = await _find(session, unit_id)
    name = asked.name.strip()
    if name == unit.name:
        return
    errors = await _faults(session, unit_id, name=name)
    last = await session.scalar(select(func.max(UnitName.until_on)).where(UnitName.unit_id == unit_id))
    if asked.begins_on > clock.today():
        errors.append(FieldError("/beginsOn", "rename-later"))
    if asked.begins_on <= (last or unit.member_from):
        errors.append(FieldError("/beginsOn", "rename-too-early"))
    if errors:
        raise Unprocessable(errors=errors)
    until_on = asked.begins_on - timedelta(days=1)
    session.add(UnitName(id=ids.uuid7(), unit_id=unit_id, name=unit.name, until_on=until_on))
    detail = {"from": unit.name, "to": name, "on": asked.begins_on.isoformat()}
    unit.name = name
    audit.record(session, actor=me, action="rename_unit", subject=("unit", unit_id), detail=detail)


async def end_unit(session: AsyncSession, asked: UnitEnd, *, me: Actor, unit_id: str) -> None:
    """End a unit's days in the group. What it owes, its sites and its posts must have gone to others before, so that
    nothing is left with nobody. The same again changes nothing.

    Raises NotFound, Unprocessable.
    """
    unit = await _find(session, unit_id)
    if (unit.member_until, unit.successor_id) == (asked.last_on, asked.successor_id):
        return
    errors = [*_day_faults(unit, asked.last_on), *await _left_behind(session, unit_id, asked.last_on)]
    if asked.successor_id is not None:
        errors += await _successor_faults(session, asked.successor_id, unit_id)
    if errors:
        raise Unprocessable(errors=errors)
    unit.member_until, unit.successor_id = asked.last_on, asked.successor_id
    detail = {"on": asked.last_on.isoformat(), "successor": asked.successor_id, "reason": asked.reason.strip()}
    audit.record(session, actor=me, action="end_unit", subject=("unit", unit_id), detail=detail)


def _day_faults(unit: Unit, last_on: date) -> Iterator[FieldError]:
    if last_on < unit.member_from:
        yield FieldError("/lastOn", "unit-days-crossed")
    if last_on > clock.today():
        yield FieldError("/lastOn", "unit-ends-later")


async def _left_behind(session: AsyncSession, unit_id: str, last_on: date) -> list[FieldError]:
    async def count(column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]) -> int:
        return await session.scalar(select(func.count(column)).where(*conditions)) or 0

    posts = or_(Post.valid_until.is_(None), Post.valid_until > last_on)
    place = or_(Site.unit_id == unit_id, Site.street_id == unit_id)
    counts = {
        "unit-owes": await count(Task.id, Task.unit_id == unit_id, Task.status.in_(_LIVE)),
        "unit-has-posts": await count(Post.id, Post.unit_id == unit_id, posts),
        "unit-has-sites": await count(Site.id, place, Site.closed_on.is_(None)),
        "unit-seats-others": await count(Unit.id, Unit.seated_in_id == unit_id, Unit.member_until.is_(None)),
    }
    return [FieldError("/lastOn", code, {"count": found}) for code, found in counts.items() if found]


async def _successor_faults(session: AsyncSession, successor_id: str, unit_id: str) -> list[FieldError]:
    successor = await session.get(Unit, successor_id)
    if successor is None or successor.id == unit_id or successor.member_until is not None:
        return [FieldError("/successorId", "unit-cannot-succeed")]
    return []
