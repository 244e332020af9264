"""A month's decomposition as a person may see it: a member unit its own lines, all others the whole (R8, R19)."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.decomposition import (
    Decomposition,
    DecompositionGap,
    FocusOut,
    MonthLineOut,
    OfferedIndicator,
    UnitWithoutLine,
)
from server import clock
from server.auth.actor import Actor
from server.matrix.holding import Owner
from server.matrix.queries import indicators_on, owners
from server.months import last_day
from server.org import calendar
from server.workplans.decomposing import gaps_of, is_over
from server.workplans.decomposition import focus_of, may_decompose
from storage.database.models import DecompositionDone, DecompositionLine, Person, Unit


async def read_month(session: AsyncSession, me: Actor, *, month: str) -> Decomposition:
    """A month with what is 重点, its lines and its gaps; a member unit sees its own lines and no gap list."""
    may_edit, focus = await may_decompose(session, me), await focus_of(session, month)
    rows = await indicators_on(session, last_day(month))
    names = {row.code: row.name for row in rows}
    marked = [row.code for row in rows if focus is not None and row.code in focus.indicator_codes]
    lines, held = await _lines(session, month), await owners(session, last_day(month))
    gaps = list(gaps_of(marked, lines))
    is_whole = may_edit or not me.is_unit
    if not is_whole:
        lines = {code: [line for line in of if line.unit_id == me.unit_id] for code, of in lines.items()}
        marked = [code for code in marked if lines.get(code)]
    return Decomposition(
        month=month,
        may_edit=may_edit,
        complete=not gaps,
        late=bool(gaps) and is_over(month, clock.today()),
        focus=[
            _focus(code, names[code], lines.get(code, []), held.get(code, []) if is_whole else []) for code in marked
        ],
        gaps=[DecompositionGap(kind=kind, indicator=names.get(code, ""), unit=unit) for kind, code, unit in gaps]
        if is_whole
        else [],
        offered=[OfferedIndicator(code=row.code, name=row.name) for row in rows] if may_edit else [],
    )


def _focus(code: str, name: str, lines: list[MonthLineOut], held: list[Owner]) -> FocusOut:
    told = {line.unit_id for line in lines}
    missing = [one for one in held if one.part == "responsible" and one.unit_id not in told]
    return FocusOut(
        code=code,
        name=name,
        lines=lines,
        without_line=[UnitWithoutLine(id=one.unit_id, name=one.unit_name) for one in missing],
    )


async def _lines(session: AsyncSession, month: str) -> dict[str, list[MonthLineOut]]:
    """The newest version of each line, by indicator, in the order of the units' codes."""
    days, today = await calendar.load(session), clock.today()
    said = await session.scalars(select(DecompositionDone).where(DecompositionDone.month == month))
    done = {(one.indicator_code, one.unit_id): one for one in said}
    query = (
        select(DecompositionLine, Unit.name, Person.name)
        .join(Unit, Unit.id == DecompositionLine.unit_id)
        .join(Person, Person.id == DecompositionLine.entered_by)
        .where(DecompositionLine.month == month)
        .order_by(Unit.code, DecompositionLine.number)
    )
    newest = {(line.indicator_code, line.unit_id): (line, unit, by) for line, unit, by in await session.execute(query)}
    found: dict[str, list[MonthLineOut]] = defaultdict(list)
    for key, (line, unit, by) in newest.items():
        word = done.get(key)
        late = 0 if word else max(days.working_days_between(line.due_on, today), 0)
        found[line.indicator_code].append(_line(line, unit, by, word, late))
    return dict(found)


def _line(line: DecompositionLine, unit: str, by: str, done: DecompositionDone | None, late_days: int) -> MonthLineOut:
    return MonthLineOut(
        unit_id=line.unit_id,
        unit_name=unit,
        number=line.number,
        what=line.what,
        due_on=line.due_on,
        contact_on=line.contact_on,
        contact=line.contact,
        problem=line.problem,
        result=line.result,
        done_on=done.done_on if done else None,
        done_note=done.note if done else "",
        late_days=late_days,
        entered_at=line.entered_at,
        entered_by=by,
    )
