"""The first catalogue and its shares, put in when a district is installed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import System
from server.matrix.notice import NamedDuty, named_duties, seed_content, seed_notice
from storage.database.models import CatalogueEdition, IndicatorDuty


async def install_catalogue(session: AsyncSession, *, actor: System) -> None:
    """Take the notice of 2017 where no catalogue has been taken yet; once more changes nothing."""
    if await session.scalar(select(CatalogueEdition.id).limit(1)) is not None:
        return
    notice, content = seed_notice(), seed_content()
    from_on = date.fromisoformat(notice.source.date)
    edition = CatalogueEdition(
        id=ids.uuid7(),
        year=notice.source.year,
        title=notice.source.title,
        from_on=from_on,
        content=content,
        content_sha256=digest(content),
        taken_at=clock.now(),
    )
    session.add(edition)
    await session.execute(insert(IndicatorDuty), [duty_row(one, from_on) for one in named_duties(notice)])
    audit.record(session, actor=actor, action="take_catalogue", subject=("catalogue", edition.id))


def duty_row(duty: NamedDuty, from_on: date, *, reason: str = "", by: str | None = None) -> dict[str, Any]:
    """The row of a share that a notice names, from the day on which it holds."""
    return {
        "id": ids.uuid7(),
        "indicator_code": duty.indicator,
        "requirement_code": duty.requirement,
        "holder": duty.holder,
        "part": duty.part,
        "position": duty.position,
        "compiles": False,
        "from_on": from_on,
        "until_on": None,
        "reason": reason,
        "entered_at": clock.now(),
        "entered_by": by,
    }
