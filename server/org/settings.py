"""The settings that this district changed, over the defaults of `rules`."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.org.rules import Rules
from storage.database.models import Setting


async def current_rules(session: AsyncSession) -> Rules:
    """The defaults with this district's own values put over them."""
    values: dict[str, Any] = {}
    for row in await session.scalars(select(Setting)):
        values[row.name] = row.value["value"]
    known = {name: values[name] for name in Rules.__struct_fields__ if name in values}
    return msgspec.structs.replace(Rules(), **known)
