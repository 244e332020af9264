"""Summaries as a person may see them: the district's people all, a unit's people their own unit's (R8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.workplans import (
    PeriodOut,
    Prefill,
    ProgressOut,
    SummaryDuty,
    SummaryKind,
    SummaryList,
    SummaryOut,
    UnitSummary,
)
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.matrix.notice import indicators, place_of
from server.matrix.queries import notice_on
from server.months import month_after
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from server.workplans import periods
from server.workplans.periods import Span
from server.workplans.prefilling import prefill
from server.workplans.service import owes
from storage.database.models import Person, Summary, SummaryTemplate, Unit

_WEEKS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """What deadlines are counted with."""

    calendar: WorkCalendar
    rules: Rules
    now: datetime

    def due(self, span: Span) -> date | None:
        return periods.due_on(span, self.calendar, monthly_days=self.rules.monthly_summary_days)

    def late(self, span: Span, at: datetime) -> int:
        return periods.late_days(self.due(span), self.rules.summary_hour, at, self.calendar)


async def terms(session: AsyncSession) -> Terms:
    """The calendar and the settings as of now."""
    return Terms(await calendar.load(session), await current_rules(session), clock.now())


def asked_span(kind: SummaryKind, period: str) -> Span:
    """The days of a period that was asked for. Raises Unprocessable."""
    span = periods.span_of(kind, period)
    if span is None:
        raise Unprocessable(errors=[FieldError("/period", "period-unknown")])
    return span


async def list_summaries(session: AsyncSession, me: Actor, *, kind: SummaryKind, period: str) -> SummaryList:
    """A period with every unit that owes a summary, in the notice's order (R16). Raises Unprocessable."""
    span, counted = asked_span(kind, period), await terms(session)
    units, found = await units_owing(session, span), await versions(session, span, counted)
    template = await latest_template(session, kind)
    return SummaryList(
        period=_period(span, counted),
        units=[_standing(unit.id, unit.name, span, found[unit.id], counted) for unit in units],
        requirements=template.requirements if template else "",
        template_version=template.version if template else 0,
        may_decide=me.role == roles.OFFICE,
    )


async def units_owing(session: AsyncSession, span: Span) -> list[Unit]:
    """The units that owe a summary of a period."""
    notice = await notice_on(session, span.until_on)
    units = [unit for unit in await session.scalars(select(Unit).order_by(Unit.code)) if owes(unit, span)]
    return sorted(units, key=lambda unit: place_of(notice, unit.code))


async def latest_template(session: AsyncSession, kind: SummaryKind) -> SummaryTemplate | None:
    """What 区文明办 demands now (R17)."""
    query = select(SummaryTemplate).where(SummaryTemplate.kind == kind).order_by(SummaryTemplate.version.desc())
    found: SummaryTemplate | None = await session.scalar(query.limit(1))
    return found


async def versions(
    session: AsyncSession, span: Span, counted: Terms, unit_id: str | None = None
) -> Mapping[str, list[SummaryOut]]:
    """The versions of a period by unit, the latest first."""
    names = {row.code: row.name for row in indicators(await notice_on(session, span.until_on))}
    query = select(Summary).where(Summary.kind == span.kind, Summary.period == span.period)
    if unit_id is not None:
        query = query.where(Summary.unit_id == unit_id)
    rows = list(await session.scalars(query.order_by(Summary.number.desc())))
    people = {person for row in rows for person in (row.sent_by, row.decided_by) if person}
    who = dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))).all())
    found: dict[str, list[SummaryOut]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(_out(row, span, counted, names, who))
    return found


def _out(row: Summary, span: Span, counted: Terms, names: Mapping[str, str], who: Mapping[str, str]) -> SummaryOut:
    content = row.content
    return SummaryOut(
        id=row.id,
        unit_id=row.unit_id,
        kind=row.kind,
        period=row.period,
        number=row.number,
        nil=content["nil"],
        done=content["done"],
        problems=content["problems"],
        next_steps=content["nextSteps"],
        highlights=content["highlights"],
        progress=[
            ProgressOut(
                indicator_code=one["indicatorCode"],
                name=names.get(one["indicatorCode"], one["indicatorCode"]),
                text=one["text"],
            )
            for one in content["progress"]
        ],
        correction=row.correction,
        entered_from=row.entered_from,
        template_version=row.template_version,
        sent_at=row.sent_at,
        sent_by=who.get(row.sent_by, ""),
        late=counted.late(span, row.sent_at) > 0,
        decision=row.decision,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=who.get(row.decided_by or "", ""),
    )


def _period(span: Span, counted: Terms) -> PeriodOut:
    due = counted.due(span)
    at = periods.due_at(due, counted.rules.summary_hour) if due else None
    return PeriodOut(
        kind=span.kind,
        period=span.period,
        from_on=span.from_on,
        until_on=span.until_on,
        due_at=at,
        provisional=counted.calendar.is_provisional(span.from_on, due or span.until_on),
        over=at is not None and counted.now > at,
    )


def _standing(unit_id: str, unit_name: str, span: Span, sent: Sequence[SummaryOut], counted: Terms) -> UnitSummary:
    """Late is who handed in first after the deadline, or has not yet: a returned one that came in time is not."""
    late = counted.late(span, sent[-1].sent_at if sent else counted.now)
    state = periods.state_of(
        sent[0].decision if sent else None, sent=bool(sent), owed=counted.due(span) is not None, over=late > 0
    )
    return UnitSummary(
        unit_id=unit_id,
        unit_name=unit_name,
        state=state,
        late_days=late,
        latest=sent[0] if sent else None,
        versions=len(sent),
    )


async def list_versions(
    session: AsyncSession, me: Actor, *, unit_id: str, kind: SummaryKind, period: str
) -> list[SummaryOut]:
    """Every version of a unit's summary, the latest first. Raises NotFound, Unprocessable."""
    if me.is_unit and unit_id != me.unit_id:
        raise NotFound
    span = asked_span(kind, period)
    return list((await versions(session, span, await terms(session), unit_id))[unit_id])


async def own_duties(session: AsyncSession, me: Actor) -> list[SummaryDuty]:
    """What a unit owes about now, the most urgent first: this week and those before, this month and the last."""
    unit, today = await session.get(Unit, me.unit_id or ""), clock.today()
    if unit is None:
        return []
    asked = [periods.span_of("week", periods.week_of(today - timedelta(weeks=back))) for back in range(_WEEKS_SHOWN)]
    this_month = periods.month_of(today)
    asked += [periods.span_of("month", month) for month in (this_month, month_after(this_month, -1))]
    counted = await terms(session)
    found = [await _duty(session, unit, span, counted) for span in asked if span is not None and owes(unit, span)]
    urgency = {"returned": 0, "missing": 1, "owed": 2, "submitted": 3, "accepted": 4, "not_owed": 5}
    return sorted(found, key=lambda duty: (urgency[duty.state], duty.period.kind, -duty.period.from_on.toordinal()))


async def _duty(session: AsyncSession, unit: Unit, span: Span, counted: Terms) -> SummaryDuty:
    sent = (await versions(session, span, counted, unit.id))[unit.id]
    standing = _standing(unit.id, unit.name, span, sent, counted)
    template = await latest_template(session, span.kind)
    return SummaryDuty(
        period=_period(span, counted),
        state=standing.state,
        late_days=standing.late_days,
        versions=sent,
        prefill=await _weeklies(session, unit.id, span, counted),
        requirements=template.requirements if template else "",
    )


async def _weeklies(session: AsyncSession, unit_id: str, span: Span, counted: Terms) -> Prefill:
    weeks = []
    for week in periods.weeks_of_month(span.period) if span.kind == "month" else []:
        sent = (await versions(session, asked_span("week", week), counted, unit_id))[unit_id]
        weeks += sent[:1]
    return prefill(weeks)
