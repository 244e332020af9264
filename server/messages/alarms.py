"""What is told at once: severe findings, before anybody has confirmed them (R39), and that another photo is needed."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.auth import roles
from server.messages.feedback import address
from server.messages.recipients import Recipient, holders_of, role_recipients
from server.messages.service import notify
from storage.database.models import Finding, Inspection, PhotoReview, PhotoUse, Site


async def tell_severe(session: AsyncSession, inspection_id: str) -> None:
    """Tell both posts of each unit of the severe findings of an inspection that was just taken, marked 待确认.

    One message an inspection, unit and person, however many findings. A unit's people see the task once it is
    confirmed (R8), so the message names the place and the number only.
    """
    query = select(Finding.unit_id).where(
        Finding.inspection_id == inspection_id, Finding.severity == "severe", Finding.status == "draft"
    )
    counts: dict[str, int] = defaultdict(int)
    for unit_id in await session.scalars(query):
        counts[unit_id] += 1
    if not counts:
        return
    site = await session.scalar(
        select(Site.name).join(Inspection, Inspection.site_id == Site.id).where(Inspection.id == inspection_id)
    )
    on = clock.today()
    office = [one.person_id for one in await role_recipients(session, roles.OFFICE, on)]
    for unit_id, held in (await holders_of(session, counts, on)).items():
        addressees = address(held, office).addressees
        await notify(
            session,
            to=[Recipient(one.person_id, unit_id) for one in addressees],
            kind="severe-found",
            params={"site": site, "count": counts[unit_id]},
            link="/inbox",
            dedupe_key=f"severe:{inspection_id}:{unit_id}",
            at_once=True,
        )


async def tell_new_photo(session: AsyncSession, use: PhotoUse, review: PhotoReview) -> None:
    """Tell who took a photo that another one is needed. The reason stands beside the photo and leaves the house not."""
    if review.decision != "new_photo":
        return
    site = await session.scalar(select(Site.name).where(Site.id == use.site_id)) if use.site_id else None
    await notify(
        session,
        to=Recipient(use.person_id),
        kind="new-photo-wanted" if site else "new-photo-wanted-anywhere",
        params={"site": site} if site else {},
        link="/inbox" if use.task_id is None else f"/tasks/{use.task_id}",
        dedupe_key=f"new-photo:{review.id}",
        at_once=True,
    )
