"""The evaluation of a year as it is read: every number from the entries themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.evaluation import (
    ActionOut,
    CircularMonth,
    EntryVersion,
    EstimateOut,
    EvaluationOfYear,
    HonoursOut,
    MeasureOut,
)
from schemas.evaluation_entries import EntryKind, Level
from server import clock
from server.errors import NotFound
from server.evaluation import complaints, showing
from server.evaluation.counting import Honour, honour_faults, honour_score
from server.evaluation.measures import MEASURES, judge, level_score, shown
from server.evaluation.service import ten_actions
from server.letters.figures import first_inspected
from server.matrix.queries import owners
from server.months import months_between
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.units import OF_THE_GROUP
from storage.database.models import EvaluationEntry, Letter, Person, Unit

_LEVELS: tuple[Level, ...] = ("city", "district")
_OUT = ("issued", "sealed", "archived")


@dataclass(frozen=True, slots=True)
class Ground:
    """What all parts of the page need: the day, the settings, and names by id."""

    today: date
    rules: Rules
    units: Mapping[str, str]
    people: Mapping[str, str]


async def evaluation_of(session: AsyncSession, year: int) -> EvaluationOfYear:
    """Everything about a year. Honours and forces count by the day, whatever year they were entered for."""
    today = clock.today()
    ground = await ground_of(session, today)
    on = min(today, date(year, 12, 31))
    scores = [showing.score_out(row, ground) for row in await entries(session, "score", [year])]
    scored = {one.unit_id for one in scores}
    return EvaluationOfYear(
        year=year,
        as_of=today,
        measures=await _measures(session, year, ground),
        honours=_honours(await entries(session, "honour"), on, ground),
        actions=await _actions(session, year, ground),
        forces=[showing.force_out(row, on, ground) for row in await entries(session, "force")],
        circulars=await _circulars(session, year, ground),
        scores=scores,
        unscored=sum(unit not in scored for unit in await _unit_ids(session)),
        estimates=await _estimates(session, year, ground),
    )


async def ground_of(session: AsyncSession, today: date) -> Ground:
    """The day, the settings and the names."""
    units = (await session.execute(select(Unit.id, Unit.name))).all()
    people = (await session.execute(select(Person.id, Person.name))).all()
    names, persons = {one.id: one.name for one in units}, {one.id: one.name for one in people}
    return Ground(today, await current_rules(session), names, persons)


async def _unit_ids(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Unit.id).where(Unit.kind.in_(OF_THE_GROUP))))


async def entries(session: AsyncSession, kind: EntryKind, years: Iterable[int] | None = None) -> list[EvaluationEntry]:
    """The versions that hold of a kind, of some years or of all, in the order in which they were made."""
    query = select(EvaluationEntry).where(EvaluationEntry.is_current, EvaluationEntry.kind == kind)
    if years is not None:
        query = query.where(EvaluationEntry.year.in_(list(years)))
    return list(await session.scalars(query.order_by(EvaluationEntry.id)))


async def _measures(session: AsyncSession, year: int, ground: Ground) -> list[MeasureOut]:
    rows = await entries(session, "value", [year - 1, year])
    known = await owners(session, min(ground.today, date(year, 12, 31)))
    found = []
    for name, measure in MEASURES.items():
        mine = [row for row in rows if row.body["measure"] == name]
        values = []
        for row in (one for one in mine if one.year == year):
            before = next((one for one in mine if one.year == year - 1 and one.level == row.level), None)
            verdict = None
            if row.body["state"] == "published":
                verdict = judge(name, figures_of(row), before=_amount(before), opinion=row.body["opinion"])
            points = level_score(verdict.level if verdict else None, ground.rules.three_level_scores)
            values.append(showing.value_out(row, verdict, points, ground))
        units = [one.unit_name for one in known.get(measure.requirement) or known.get(measure.indicator, [])]
        found.append(
            MeasureOut(
                name=name,
                rule=measure.rule,
                indicator=measure.indicator,
                figures=list(measure.figures),
                owners=units,
                values=values,
            )
        )
    return found


def figures_of(row: EvaluationEntry) -> dict[str, Decimal]:
    """The figures of a value, exact."""
    return {name: Decimal(text) for name, text in row.body["figures"].items()}


def _amount(row: EvaluationEntry | None) -> Decimal | None:
    return figures_of(row).get("amount") if row is not None else None


def _honours(rows: list[EvaluationEntry], on: date, ground: Ground) -> list[HonoursOut]:
    found = []
    for level in _LEVELS:
        mine = [row for row in rows if row.level == level]
        faults = honour_faults([_honour(row) for row in mine], on)
        valid = sum(not one for one in faults.values())
        honours = [showing.honour_out(row, faults[row.id], ground) for row in mine]
        found.append(HonoursOut(level=level, valid=valid, score=honour_score(valid), honours=honours))
    return found


def _honour(row: EvaluationEntry) -> Honour:
    body = row.body
    return Honour(
        id=row.id,
        name=body["name"],
        issuer=body["issuer"],
        issued_on=date.fromisoformat(body["issued_on"]),
        issuer_level=body["issuer_level"],
        has_photo=body["photo"] is not None,
        is_approved=body["approved"],
        decision=body["decision"],
        expires_on=day_of(body, "expires_on"),
        revoked_on=day_of(body, "revoked_on"),
    )


def day_of(body: Mapping[str, Any], name: str) -> date | None:
    """A day of a body, where it has one."""
    return date.fromisoformat(body[name]) if body[name] else None


async def _actions(session: AsyncSession, year: int, ground: Ground) -> list[ActionOut]:
    rows = await entries(session, "rating", [year])
    return [
        ActionOut(
            code=action.code,
            name=action.name,
            ratings=[showing.rating_out(row, ground) for row in rows if row.body["action"] == action.code],
        )
        for action in await ten_actions(session)
    ]


async def _circulars(session: AsyncSession, year: int, ground: Ground) -> list[CircularMonth]:
    """The months of a year from the first inspection on, each with its issued circulars (R62)."""
    this_month = clock.month_of(ground.today)
    first = clock.month_of(await first_inspected(session) or ground.today)
    months = [one for one in months_between(f"{year:04}-01", f"{year:04}-12") if first <= one <= this_month]
    query = select(Letter.month, Letter.id).where(
        Letter.kind == "circular", Letter.month.in_(months), Letter.state.in_(_OUT)
    )
    issued = (await session.execute(query.order_by(Letter.id))).all()
    by_month = {month: [row.id for row in issued if row.month == month] for month in months}
    return [
        CircularMonth(
            month=month,
            letter_ids=ids,
            enough=len(ids) >= ground.rules.circulars_per_month if ids or month < this_month else None,
        )
        for month, ids in by_month.items()
    ]


async def _estimates(session: AsyncSession, year: int, ground: Ground) -> list[EstimateOut]:
    """Our own estimate, off by default (R65)."""
    if not ground.rules.estimated_score:
        return []
    rates = await complaints.rates_by_unit(session, await entries(session, "complaint", [year]), ground.today)
    return [
        EstimateOut(unit_id=unit, unit_name=ground.units[unit], estimate=shown(value))
        for unit, rate in sorted(rates.items())
        if (value := rate.estimate()) is not None
    ]


async def versions_of(session: AsyncSession, entry_id: str, *, sees_complainants: bool) -> list[EntryVersion]:
    """Every version of an entry, the latest first. Raises NotFound."""
    query = select(EvaluationEntry).where(EvaluationEntry.id == entry_id).order_by(EvaluationEntry.version.desc())
    rows = list(await session.scalars(query))
    if not rows:
        raise NotFound
    ground = await ground_of(session, clock.today())
    return [showing.version_out(row, ground, sees_complainants=sees_complainants) for row in rows]
