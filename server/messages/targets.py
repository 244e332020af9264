"""Entering and removing the targets of a unit or a person."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import TargetIn
from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.messages import addresses
from storage.database.models import MessageTarget, Person, Unit


async def enter_target(session: AsyncSession, asked: TargetIn, *, me: Actor, secret: str) -> str:
    """Keep a target of a unit or a person; its id. Raises Unprocessable. The address is never shown again."""
    errors = []
    fault = addresses.fault_of(asked.address)
    if fault:
        errors.append(FieldError("/address", fault))
    if (asked.unit_id is None) == (asked.person_id is None):
        errors.append(FieldError("/unitId", "target-owner"))
    elif asked.unit_id and await session.get(Unit, asked.unit_id) is None:
        errors.append(FieldError("/unitId", "not-found", {"value": asked.unit_id}))
    elif asked.person_id and await session.get(Person, asked.person_id) is None:
        errors.append(FieldError("/personId", "not-found", {"value": asked.person_id}))
    if errors:
        raise Unprocessable(errors=errors)
    target_id = ids.uuid7()
    row = MessageTarget(
        id=target_id,
        unit_id=asked.unit_id,
        person_id=asked.person_id,
        label=asked.label,
        scheme=urlsplit(asked.address).scheme,
        sealed_address=addresses.seal(asked.address, secret=secret, target_id=target_id),
        created_at=clock.now(),
        created_by=me.person_id,
    )
    session.add(row)
    detail = {"unit": asked.unit_id, "scheme": row.scheme}
    audit.record(session, actor=me, action="enter_target", subject=("message_target", target_id), detail=detail)
    return target_id


async def remove_target(session: AsyncSession, target_id: str, *, me: Actor) -> None:
    """Send nothing to a target any more, and forget its address. Raises NotFound."""
    query = select(MessageTarget).where(MessageTarget.id == target_id, MessageTarget.removed_at.is_(None))
    row = await session.scalar(query.with_for_update())
    if row is None:
        raise NotFound
    row.removed_at, row.sealed_address = clock.now(), ""
    audit.record(session, actor=me, action="remove_target", subject=("message_target", target_id))
