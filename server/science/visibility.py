"""Whose science rooms a person sees, and whose register they keep (R8, R20)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth import roles
from server.auth.actor import Actor
from storage.database.models import Site, Unit

_SUPERVISING: Final = frozenset({"U-KJJ", "U-KX"})
"""区科技局 and 区科协 see every science room (R8)."""


async def visible_rooms(session: AsyncSession, me: Actor) -> ColumnElement[bool]:
    """The science rooms that this person may see: a unit's people their own, or those that lie in their street."""
    rooms = and_(Site.kind == "science_room", Site.closed_on.is_(None))
    if not me.is_unit:
        return rooms
    unit = await session.get(Unit, me.unit_id or "")
    if unit is not None and unit.code in _SUPERVISING:
        return rooms
    return and_(rooms, or_(Site.unit_id == me.unit_id, Site.street_id == me.unit_id))


def may_edit(me: Actor, site: Site) -> bool:
    """The office keeps every room's register, a unit its own room's and a street those in it."""
    return me.role == roles.OFFICE or (me.is_unit and me.unit_id in (site.unit_id, site.street_id))
