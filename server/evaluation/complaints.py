"""Complaints of a year with their clocks and rates (R63, R64), as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.evaluation import ComplaintOut, ComplaintRate, ComplaintsOut
from server.evaluation.counting import Clocks, Complaint, Rate, clocks_of, rate_of
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from storage.database.models import EvaluationEntry, Person, Unit

Pairs = Sequence[tuple[EvaluationEntry, Complaint, Clocks]]


async def complaints_of(session: AsyncSession, year: int, on: date, *, sees_complainants: bool) -> ComplaintsOut:
    """The complaints that had come by a day, with what had happened to them by then: any past day can be told again.

    Who complained is the office's alone to see (R63).
    """
    query = select(EvaluationEntry).where(
        EvaluationEntry.is_current, EvaluationEntry.kind == "complaint", EvaluationEntry.year == year
    )
    rules = await current_rules(session)
    units = {row.id: row.name for row in await session.execute(select(Unit.id, Unit.name))}
    people = {row.id: row.name for row in await session.execute(select(Person.id, Person.name))}
    rows = list(await session.scalars(query.order_by(EvaluationEntry.id)))
    pairs = _clocked(rows, on, await calendar.load(session), rules)
    by_unit: dict[str, list[tuple[Complaint, Clocks]]] = defaultdict(list)
    for _, complaint, clocks in pairs:
        by_unit[complaint.unit_id].append((complaint, clocks))
    rates = [_rate(None, "", rate_of([(one, clocks) for _, one, clocks in pairs]), rules)]
    rates += [_rate(unit, units[unit], rate_of(mine), rules) for unit, mine in by_unit.items()]
    shown = [_out(row, complaint, clocks, units, people, sees_complainants) for row, complaint, clocks in pairs]
    return ComplaintsOut(
        year=year,
        as_of=on,
        rates=sorted(rates, key=lambda one: (one.unit_id is not None, one.unit_name)),
        complaints=sorted(shown, key=lambda one: (one.received_on, one.number), reverse=True),
    )


async def rates_by_unit(session: AsyncSession, rows: Sequence[EvaluationEntry], on: date) -> dict[str, Rate]:
    """The counts of each unit that had complaints."""
    pairs = _clocked(rows, on, await calendar.load(session), await current_rules(session))
    by_unit: dict[str, list[tuple[Complaint, Clocks]]] = defaultdict(list)
    for _, complaint, clocks in pairs:
        by_unit[complaint.unit_id].append((complaint, clocks))
    return {unit: rate_of(mine) for unit, mine in by_unit.items()}


def _clocked(rows: Sequence[EvaluationEntry], on: date, works: WorkCalendar, rules: Rules) -> Pairs:
    pairs = []
    for row in rows:
        complaint = _facts(row, on)
        if complaint.received_on <= on:
            days = {"read_days": rules.complaint_read_days, "reply_days": rules.complaint_reply_days}
            pairs.append((row, complaint, clocks_of(complaint, today=on, calendar=works, **days)))
    return pairs


def _facts(row: EvaluationEntry, on: date) -> Complaint:
    """A complaint as it stood on a day: what happened later has not happened."""
    body = row.body
    replied = _until(body, "replied_on", on)
    return Complaint(
        unit_id=body["unit_id"],
        received_on=date.fromisoformat(body["received_on"]),
        read_on=_until(body, "read_on", on),
        replied_on=replied,
        satisfaction=body["satisfaction"] if replied else None,
    )


def _until(body: Mapping[str, Any], name: str, on: date) -> date | None:
    found = date.fromisoformat(body[name]) if body[name] else None
    return found if found is not None and found <= on else None


def _rate(unit_id: str | None, name: str, rate: Rate, rules: Rules) -> ComplaintRate:
    return ComplaintRate(
        unit_id=unit_id,
        unit_name=name,
        complaints=rate.complaints,
        due=rate.due,
        in_time=rate.in_time,
        rated=rate.rated,
        satisfied=rate.satisfied,
        satisfied_enough=rate.is_satisfied_enough(rules.satisfaction_percent),
    )


def _out(
    row: EvaluationEntry,
    complaint: Complaint,
    clocks: Clocks,
    units: Mapping[str, str],
    people: Mapping[str, str],
    sees_complainants: bool,
) -> ComplaintOut:
    body = row.body
    return ComplaintOut(
        id=row.id,
        version=row.version,
        year=row.year,
        level=row.level,
        decides=row.level == "city",
        source=row.source,
        entered_at=row.entered_at,
        entered_by=people.get(row.entered_by, ""),
        number=body["number"],
        text=body["text"],
        place=body["place"],
        complainant=body["complainant"] if sees_complainants else None,
        unit_id=complaint.unit_id,
        unit_name=units[complaint.unit_id],
        received_on=complaint.received_on,
        read_on=body["read_on"],
        handled_on=body["handled_on"],
        replied_on=body["replied_on"],
        reply=body["reply"],
        satisfaction=body["satisfaction"],
        read_due_on=clocks.read_due_on,
        reply_due_on=clocks.reply_due_on,
        read_in_time=clocks.read_in_time,
        replied_in_time=clocks.replied_in_time,
    )
