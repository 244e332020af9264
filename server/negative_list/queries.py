"""The negative list as it is read: the city's standing, its events, and what one of them costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.negative_list import EventIn, EventOut, EventRow, ItemRow, StandingOut, WhatIfOut
from server import clock
from server.errors import Unprocessable
from server.negative_list import showing
from server.negative_list.entering import event_faults
from server.negative_list.facts import EvaluationFacts, EventFacts, Ranking, StatusSpan, World
from server.negative_list.judging import judge
from server.negative_list.reference import known_items
from server.negative_list.service import current_event, twins_of
from server.negative_list.standing import weights_of
from server.negative_list.windows import When
from server.org.settings import current_rules
from storage.database.models import CityEvaluation, CityStatusSpan, NegativeEvent, Person

_SUPPOSED = "supposed"


def list_items() -> list[ItemRow]:
    """The thirty items, as the notice has them (R68)."""
    return [showing.item_row(one) for one in known_items().values()]


async def world_of(session: AsyncSession) -> World:
    """Everything on record that an outcome depends on."""
    statuses = await session.scalars(select(CityStatusSpan))
    evaluations = await session.scalars(select(CityEvaluation))
    events = await session.scalars(select(NegativeEvent).where(NegativeEvent.is_current))
    return World(
        statuses=tuple(StatusSpan(one.status, one.from_on, one.until_on) for one in statuses),
        evaluations=tuple(_evaluation_facts(one) for one in evaluations),
        events=tuple(_facts(one) for one in events),
    )


def _evaluation_facts(row: CityEvaluation) -> EvaluationFacts:
    return EvaluationFacts(
        id=row.id,
        year=row.year,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        cycle_from=row.cycle_from,
        score=None if row.score is None else Decimal(row.score),
    )


def _facts(row: NegativeEvent) -> EventFacts:
    when = When.on(row.happened_on) if row.happened_on else When(row.from_on or clock.today(), row.until_on)
    return EventFacts(
        id=row.id,
        item_code=row.item_code,
        when=when,
        level=row.level,
        state=row.state,
        persons=frozenset(row.persons),
        value=None if row.value is None else Decimal(row.value),
        rankings=tuple(Ranking(one["rank"], one["size"], one["group"]) for one in row.rankings),
        decided_on=row.decided_on,
    )


async def standing(session: AsyncSession) -> StandingOut:
    """What the city's established events cost it today."""
    return await _standing_in(session, await world_of(session))


async def _standing_in(session: AsyncSession, world: World) -> StandingOut:
    rules = await current_rules(session)
    statuses = await session.scalars(select(CityStatusSpan).order_by(CityStatusSpan.from_on))
    evaluations = await session.scalars(select(CityEvaluation))
    return showing.standing_out(
        known_items(),
        world,
        today=clock.today(),
        statuses=list(statuses),
        evaluations={one.id: one for one in evaluations},
        weights=weights_of(rules.three_year_weights),
    )


async def list_events(session: AsyncSession) -> list[EventRow]:
    """Every event, the latest entry first, with what it costs."""
    world = await world_of(session)
    facts = {one.id: one for one in world.events}
    query = select(NegativeEvent).where(NegativeEvent.is_current)
    rows = await session.scalars(query.order_by(NegativeEvent.entered_at.desc(), NegativeEvent.id.desc()))
    return [showing.event_row(row, judge(facts[row.id], known_items(), world), known_items()) for row in rows]


async def get_event(session: AsyncSession, event_id: str) -> EventOut:
    """One event with its explanation and its versions. Raises NotFound."""
    row, world = await current_event(session, event_id), await world_of(session)
    facts = next(one for one in world.events if one.id == event_id)
    query = select(NegativeEvent).where(NegativeEvent.id == event_id).order_by(NegativeEvent.version.desc())
    versions = list(await session.scalars(query))
    return showing.event_out(
        row,
        judge(facts, known_items(), world),
        known_items(),
        world=world,
        versions=versions,
        names=await _names(session, (one.entered_by for one in versions)),
        duplicates=await twins_of(session, event_id, row),
    )


async def _names(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


async def what_if(session: AsyncSession, asked: EventIn, *, replaces: str | None) -> WhatIfOut:
    """What an event would cost if it were established; nothing is stored. `replaces` leaves an event on record out.

    Raises Unprocessable.
    """
    errors = event_faults(asked, known_items().get(asked.item_code), today=None)
    if errors:
        raise Unprocessable(errors=errors)
    world = await world_of(session)
    supposed = EventFacts(
        id=_SUPPOSED,
        item_code=asked.item_code,
        when=When.on(asked.happened_on) if asked.happened_on else When(asked.from_on or clock.today(), asked.until_on),
        level=asked.level,
        persons=frozenset(name for one in asked.persons if (name := one.strip())),
        value=None if asked.value is None else Decimal(asked.value),
        rankings=tuple(Ranking(one.rank, one.size, one.group) for one in asked.rankings),
        decided_on=asked.decided_on,
    )
    others = tuple(one for one in world.events if one.id != replaces)
    after = replace(world, events=(*others, supposed))
    return WhatIfOut(
        outcome=showing.outcome_out(judge(supposed, known_items(), after), after),
        before=await _standing_in(session, world),
        after=await _standing_in(session, after),
    )
