"""The only place that scopes materials to a person (R8)."""

from __future__ import annotations

from typing import TypeVarTuple

from sqlalchemy import Select, or_, select

from server.auth import roles
from server.auth.actor import Actor
from storage.database.models import DeclarationMaterial

Shape = TypeVarTuple("Shape")


def scoped(query: Select[*Shape], me: Actor) -> Select[*Shape]:
    """Narrow a query over DeclarationMaterial: a unit's people see their own unit's, and the parts of others in what
    their unit compiles (R11). District roles see all.
    """
    if me.role in roles.DISTRICT:
        return query
    compiled = select(DeclarationMaterial.ask_id).where(
        DeclarationMaterial.unit_id == me.unit_id, DeclarationMaterial.part == "compiles"
    )
    return query.where(or_(DeclarationMaterial.unit_id == me.unit_id, DeclarationMaterial.ask_id.in_(compiled)))


def sees(me: Actor, material: DeclarationMaterial, compiler_ids: set[str]) -> bool:
    """The same of a material that was read already; `compiler_ids` are the units that compile its ask."""
    return me.role in roles.DISTRICT or me.unit_id == material.unit_id or me.unit_id in compiler_ids
