"""What a checklist's new version means for the visits that are planned already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.auth.actor import System
from server.checklists.publishing import is_due, take_effect
from storage.database.engine import Database
from storage.database.models import TemplateVersion, Visit


async def renew_visits(session: AsyncSession, version: TemplateVersion) -> None:
    """Visits that nobody has begun take the version, where its publisher wished so; all others keep their own."""
    if version.renews_visits:
        waiting = (Visit.template_code == version.code, Visit.status == "planned")
        await session.execute(update(Visit).where(*waiting).values(template_version_id=version.id))


async def checklists_due(database: Database, now: datetime) -> int:
    """Put in force the versions of checklists whose day has come; how many."""
    today = clock.shanghai_date(now)
    async with database.reading() as session:
        if not await is_due(session, today):
            return 0
    async with database.writing() as session:
        return await take_effect(session, today, actor=System(client="sweep"), listeners=[renew_visits])
