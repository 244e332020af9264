"""Bringing a district up to this release: schema, calendar, checklists, and the demo district where it is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from server.audit.service import chain_pending
from server.auth.actor import System
from server.checklists.service import install_templates
from server.demo.service import install_demo
from server.district import District
from server.indexing.service import follow_changes
from server.matrix.seeding import install_catalogue
from server.org import calendar
from server.settings import Settings
from storage.database.engine import Database
from storage.database.schema import alone, upgrade
from storage.objects import open_store


async def _before_commit(session: AsyncSession) -> None:
    """The search index first; the audit chain's head last, because everybody waits for it."""
    await follow_changes(session)
    await chain_pending(session)


def open_district(settings: Settings) -> District:
    """The district that the settings name. Nothing is read or written yet."""
    database = Database(settings.database_url, before_commit=_before_commit)
    return District(settings, database, open_store(settings.objects_url))


@asynccontextmanager
async def opened_district(settings: Settings) -> AsyncIterator[District]:
    """The district that the settings name, closed afterwards."""
    district = open_district(settings)
    try:
        yield district
    finally:
        await district.close()


async def install(settings: Settings) -> None:
    """Install or upgrade a district and close it again."""
    async with opened_district(settings) as district:
        await install_district(district)


async def install_district(district: District) -> None:
    """Migrate, seed the calendar, install checklists and catalogue; once more, or twice at once, changes nothing.

    In the demo district its people and sites are loaded once, and the month's visits topped up at each start.
    """
    await district.objects.ready()
    async with alone(district.database.engine):
        await upgrade(district.database.engine)
        async with district.database.writing() as session:
            await calendar.seed(session)
            await install_templates(session, actor=System(client="installation"))
            await install_catalogue(session, actor=System(client="installation"))
        if district.settings.demo:
            await install_demo(district)
