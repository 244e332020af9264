"""What the notice leaves open (rules, section 13), with our defaults. An installation may change each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import msgspec

from storage.database.models import Setting


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings that this part of the product reads. Days are working days unless the name says otherwise."""

    automatic_confirmation_days: int = 1
    no_access_severity: str = "major"
    no_access_days: int = 3
    relapse_window_days: int = 90
    strict_verification: bool = False
    geofence_m: int = 300
    photo_time_gap_h: int = 24
    inspectors_per_visit: int = 2


async def current_rules(session: AsyncSession) -> Rules:
    """The defaults with this district's own values put over them."""
    values: dict[str, Any] = {}
    for row in await session.scalars(select(Setting)):
        values[row.name] = row.value["value"]
    known = {name: values[name] for name in Rules.__struct_fields__ if name in values}
    return msgspec.structs.replace(Rules(), **known)
