"""Keeping units: entering, correcting, renaming and ending them. Old names and days stay (R3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
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
from server.org.units import OF_THE_GROUP, ONE_OF_A_KIND
from storage.database.models import Post, Site, Task, Unit, UnitName

_LIVE = ("draft", "open", "replied")

PassOn = Callable[[AsyncSession, Unit, Unit, UnitEnd, Actor], Awaitable[list[FieldError]]]
"""Gives everything that is open at a unit to its successor, in the transaction that ends it; what stands in the way."""


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


async def end_unit(session: AsyncSession, asked: UnitEnd, *, me: Actor, unit_id: str, pass_on: PassOn) -> None:
    """End a unit's days in the group. What is open goes to its successor by `pass_on`; what is left with nobody then
    is refused, so that no deadline is without a unit (R3). The same again changes nothing.

    Raises NotFound, Unprocessable.
    """
    unit = await _find(session, unit_id)
    if (unit.member_until, unit.successor_id) == (asked.last_on, asked.successor_id):
        return
    successor = await session.get(Unit, asked.successor_id) if asked.successor_id is not None else None
    errors = [*_day_faults(unit, asked), *_successor_faults(unit, successor, asked)]
    if successor is not None and not errors:
        errors = await pass_on(session, unit, successor, asked, me)
        await session.flush()
    if successor is None or not errors:
        errors += await _left_behind(session, unit_id, asked.last_on)
    if errors:
        raise Unprocessable(errors=errors)
    unit.member_until, unit.successor_id = asked.last_on, asked.successor_id
    detail = {"on": asked.last_on.isoformat(), "successor": asked.successor_id, "reason": asked.reason.strip()}
    audit.record(session, actor=me, action="end_unit", subject=("unit", unit_id), detail=detail)


def _day_faults(unit: Unit, asked: UnitEnd) -> Iterator[FieldError]:
    """A successor begins on the day after the last one, today at the latest: what is open is never between the two."""
    if asked.last_on < unit.member_from:
        yield FieldError("/lastOn", "unit-days-crossed")
    if asked.last_on > clock.today():
        yield FieldError("/lastOn", "unit-ends-later")
    elif asked.successor_id is not None and asked.last_on == clock.today():
        yield FieldError("/lastOn", "unit-passes-next-day")


def _successor_faults(unit: Unit, successor: Unit | None, asked: UnitEnd) -> Iterator[FieldError]:
    if asked.successor_id is None:
        return
    known = successor is not None and successor.id != unit.id and successor.member_until is None
    if successor is None or not known or not _may_succeed(unit, successor):
        yield FieldError("/successorId", "unit-cannot-succeed")


def _may_succeed(unit: Unit, successor: Unit) -> bool:
    """Who takes over from a unit of the group is one, from today at the latest: nobody else can owe (R3)."""
    can_owe = successor.kind in OF_THE_GROUP or unit.kind not in OF_THE_GROUP
    return can_owe and successor.member_from <= clock.today()


async def _left_behind(session: AsyncSession, unit_id: str, last_on: date) -> list[FieldError]:
    async def count(column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]) -> int:
        return await session.scalar(select(func.count(column)).where(*conditions)) or 0

    # One that was withdrawn before it began is nobody's.
    posts = or_(Post.valid_until.is_(None), and_(Post.valid_until > last_on, Post.valid_until >= Post.valid_from))
    place = or_(Site.unit_id == unit_id, Site.street_id == unit_id)
    counts = {
        "unit-owes": await count(Task.id, Task.unit_id == unit_id, Task.status.in_(_LIVE)),
        "unit-has-posts": await count(Post.id, Post.unit_id == unit_id, posts),
        "unit-has-sites": await count(Site.id, place, Site.closed_on.is_(None)),
        "unit-seats-others": await count(Unit.id, Unit.seated_in_id == unit_id, Unit.member_until.is_(None)),
    }
    return [FieldError("/lastOn", code, {"count": found}) for code, found in counts.items() if found]
