"""Entering statuses, evaluations and events. Only the office does it; nothing that was entered is lost."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.negative_list import EvaluationIn, EventIn, StatusIn
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.negative_list.entering import NEXT_STATES, evaluation_faults, event_faults
from server.negative_list.errors import EntryVersionDiffers, EventTwice
from server.negative_list.reference import known_items
from storage.database.models import CityEvaluation, CityStatusSpan, NegativeEvent


async def enter_status(session: AsyncSession, status_id: str, asked: StatusIn, *, me: Actor) -> CityStatusSpan:
    """Put down the city's status, or correct it. Two statuses never hold on one day (R69).

    Raises EntryVersionDiffers, NotFound, Unprocessable.
    """
    row, told = await session.get(CityStatusSpan, status_id, with_for_update=True), _told(asked)
    if row is not None and row.body_sha256 == told:
        return row
    _check_version(row, asked.version)
    others = await session.scalars(select(CityStatusSpan).where(CityStatusSpan.id != status_id))
    if asked.until_on is not None and asked.until_on < asked.from_on:
        raise Unprocessable(errors=[FieldError("/untilOn", "status-until")])
    if any(_overlap(asked, other) for other in others):
        raise Unprocessable(errors=[FieldError("/fromOn", "status-overlaps")])
    if row is None:
        row = CityStatusSpan(id=status_id, version=0)
        session.add(row)
    before = None if row.version == 0 else [row.status, str(row.from_on), str(row.until_on or "")]
    row.status, row.from_on, row.until_on = asked.status, asked.from_on, asked.until_on
    _keep(session, row, "enter_city_status", told, before, source=asked.source, me=me)
    return row


def _overlap(asked: StatusIn, other: CityStatusSpan) -> bool:
    begins_before_its_end = other.until_on is None or asked.from_on <= other.until_on
    ends_after_its_start = asked.until_on is None or asked.until_on >= other.from_on
    return begins_before_its_end and ends_after_its_start


async def enter_evaluation(
    session: AsyncSession, evaluation_id: str, asked: EvaluationIn, *, me: Actor
) -> CityEvaluation:
    """Put down an evaluation or an application, or correct it, for example with its score.

    Raises EntryVersionDiffers, NotFound, Unprocessable.
    """
    row, told = await session.get(CityEvaluation, evaluation_id, with_for_update=True), _told(asked)
    if row is not None and row.body_sha256 == told:
        return row
    _check_version(row, asked.version)
    errors = evaluation_faults(asked)
    twice = select(CityEvaluation.id).where(
        CityEvaluation.year == asked.year, CityEvaluation.kind == asked.kind, CityEvaluation.id != evaluation_id
    )
    if (await session.scalars(twice)).first() is not None:
        errors.append(FieldError("/year", "evaluation-twice"))
    if errors:
        raise Unprocessable(errors=errors)
    if row is None:
        row = CityEvaluation(id=evaluation_id, version=0)
        session.add(row)
    before = None if row.version == 0 else [row.year, row.kind, str(row.starts_on), str(row.ends_on), row.score]
    row.year, row.kind, row.cycle_from, row.score = asked.year, asked.kind, asked.cycle_from, asked.score
    row.starts_on, row.ends_on = asked.starts_on, asked.ends_on
    _keep(session, row, "enter_city_evaluation", told, before, source=asked.source, me=me)
    return row


async def enter_event(session: AsyncSession, event_id: str, asked: EventIn, *, me: Actor) -> NegativeEvent:
    """Record an event, or correct it by its next version, with a reason. The same again changes nothing (R84).

    Raises EntryVersionDiffers, EventTwice, NotFound, Unprocessable.
    """
    # Its first version is locked: it stays whatever follows it.
    first = await session.get(NegativeEvent, (event_id, 1), with_for_update=True)
    row, told = await current_event(session, event_id) if first else None, _told(asked)
    if row is not None and row.body_sha256 == told:
        return row
    _check_version(row, asked.version)
    errors = event_faults(asked, known_items().get(asked.item_code), today=clock.today())
    if row is not None and asked.state not in NEXT_STATES[row.state]:
        errors.append(FieldError("/state", "event-step"))
    if row is not None and not asked.reason.strip():
        errors.append(FieldError("/reason", "event-reason"))
    if errors:
        raise Unprocessable(errors=errors)
    if not asked.accept_duplicate and await twins_of(session, event_id, asked):
        raise EventTwice
    if row is not None:
        row.is_current = False
        await session.flush()
    made = _event(event_id, asked, told, version=row.version + 1 if row else 1, me=me)
    session.add(made)
    detail = {"version": made.version, "state": made.state, "item": made.item_code, "reason": made.reason}
    audit.record(session, actor=me, action="enter_negative_event", subject=("negative_event", event_id), detail=detail)
    return made


async def current_event(session: AsyncSession, event_id: str) -> NegativeEvent:
    """The version of an event that holds. Raises NotFound."""
    query = select(NegativeEvent).where(NegativeEvent.id == event_id, NegativeEvent.is_current)
    row = (await session.scalars(query)).first()
    if row is None:
        raise NotFound
    return row


async def twins_of(session: AsyncSession, event_id: str, asked: EventIn | NegativeEvent) -> list[str]:
    """The ids of other events of the same item, day and description."""
    query = select(NegativeEvent.id).where(
        NegativeEvent.is_current,
        NegativeEvent.id != event_id,
        NegativeEvent.state != "excluded",
        NegativeEvent.item_code == asked.item_code,
        NegativeEvent.description == asked.description.strip(),
        NegativeEvent.happened_on == asked.happened_on,
        NegativeEvent.from_on == asked.from_on,
    )
    return list(await session.scalars(query.order_by(NegativeEvent.id)))


def _event(event_id: str, asked: EventIn, told: str, *, version: int, me: Actor) -> NegativeEvent:
    return NegativeEvent(
        id=event_id,
        version=version,
        is_current=True,
        item_code=asked.item_code,
        level=asked.level,
        state=asked.state,
        description=asked.description.strip(),
        source=asked.source.strip(),
        evidence=asked.evidence.strip(),
        happened_on=asked.happened_on,
        from_on=asked.from_on,
        until_on=asked.until_on,
        persons=[name for one in asked.persons if (name := one.strip())],
        value=asked.value,
        rankings=msgspec.to_builtins(asked.rankings),
        decided_on=asked.decided_on,
        established_by=asked.established_by.strip(),
        reason=asked.reason.strip(),
        entered_at=clock.now(),
        entered_by=me.person_id,
        body_sha256=told,
    )


def _told(asked: StatusIn | EvaluationIn | EventIn) -> str:
    body: dict[str, Any] = msgspec.to_builtins(asked)
    return digest({name: value for name, value in body.items() if name not in ("version", "acceptDuplicate", "reason")})


def _check_version(row: CityStatusSpan | CityEvaluation | NegativeEvent | None, version: int | None) -> None:
    if row is None and version is not None:
        raise NotFound
    if row is not None and version != row.version:
        raise EntryVersionDiffers


def _keep(
    session: AsyncSession,
    row: CityStatusSpan | CityEvaluation,
    action: str,
    told: str,
    before: list[Any] | None,
    *,
    source: str,
    me: Actor,
) -> None:
    row.source, row.body_sha256 = source.strip(), told
    row.entered_at, row.entered_by = clock.now(), me.person_id
    row.version += 1
    detail = {"version": row.version, "from": before, "body": told}
    audit.record(session, actor=me, action=action, subject=(row.__tablename__, row.id), detail=detail)
