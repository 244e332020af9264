"""Reads and changes what the notice leaves open. A change holds from the next decision on; nothing is recounted."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import RuleOut, RulesIn
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from server.org.rule_bounds import BOUNDS, Value, fault_of
from server.org.rules import Rules
from server.org.settings import current_rules
from storage.database.models import Setting


async def list_rules(session: AsyncSession) -> list[RuleOut]:
    """Every setting with its default and its bounds, in the order of the page."""
    rules, defaults = await current_rules(session), Rules()
    return [
        RuleOut(
            name=name,
            group=bound.group,
            kind=bound.kind,
            value=getattr(rules, name),
            default=getattr(defaults, name),
            low=bound.low,
            high=bound.high,
            rule=bound.rule,
        )
        for name, bound in BOUNDS.items()
    ]


async def change_rules(session: AsyncSession, asked: RulesIn, *, me: Actor) -> list[RuleOut]:
    """Change some settings, with a reason that is kept. The same again changes nothing. Raises Unprocessable."""
    errors = [
        FieldError(f"/changes/{name}", code, _bounds_of(name))
        for name, value in asked.changes.items()
        if (code := fault_of(name, value)) is not None
    ]
    if errors:
        raise Unprocessable(errors=errors)
    before = await current_rules(session)
    changed = {name: value for name, value in asked.changes.items() if getattr(before, name) != value}
    await _keep(session, changed)
    for name, value in changed.items():
        detail = {"from": getattr(before, name), "to": value, "reason": asked.reason}
        audit.record(session, actor=me, action="change_rule", subject=("rule", name), detail=detail)
    await session.flush()
    return await list_rules(session)


def _bounds_of(name: str) -> dict[str, object]:
    bound = BOUNDS.get(name)
    return {} if bound is None else {"low": bound.low, "high": bound.high}


async def _keep(session: AsyncSession, changed: Mapping[str, Value]) -> None:
    query = select(Setting).where(Setting.name.in_(changed.keys())).with_for_update()
    known = {row.name: row for row in await session.scalars(query)}
    for name, value in changed.items():
        row = known.get(name)
        if row is None:
            session.add(Setting(name=name, value={"value": value}, changed_at=clock.now()))
        else:
            row.value, row.changed_at = {"value": value}, clock.now()
