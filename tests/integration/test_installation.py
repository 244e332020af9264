"""Installing a district: replicas that start together on an empty database make it once."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from server.installation import install, opened_district
from storage.database.models import CalendarYear, TemplateVersion, Unit
from tests.districts import settings_for


async def test_two_replicas_on_an_empty_database_install_once(
    database_kind: str, empty_database: str, tmp_path: Path
) -> None:
    settings = settings_for(empty_database, tmp_path)
    if database_kind == "sqlite":  # one file, one process: a second start follows the first
        await install(settings)
        await install(settings)
    else:
        await asyncio.gather(install(settings), install(settings))
    async with opened_district(settings) as district, district.database.reading() as session:
        templates = Counter(await session.scalars(select(TemplateVersion.code)))
        years = Counter(await session.scalars(select(CalendarYear.year)))
        units = Counter(await session.scalars(select(Unit.code)))
    assert set(templates) == {"YL", "KY", "KH"}
    assert set((templates + years + units).values()) == {1}
