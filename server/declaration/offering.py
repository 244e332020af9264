"""Photos of inspections and replies that a unit may take over into its material (R31): its own, nobody else's."""

from __future__ import annotations

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration_views import CandidateOut
from storage.database.models import DeclarationMaterial, Inspection, Photo, PhotoUse, Shot, Site, Task

_MOST = 200
_TELLING = ("inspection_item", "inspection", "reply", "strike_off", "progress", "order")


def own_uses(unit_id: str) -> Select[str]:
    """The ids of uses of received photos that are a unit's own: of its confirmed tasks, or of a confirmed inspection of
    its own site. What was not confirmed was never the unit's (R8).
    """
    tasks = select(Task.id).where(Task.unit_id == unit_id, Task.confirmed_at.is_not(None))
    inspections = select(Inspection.id).where(Inspection.confirmed_at.is_not(None))
    sites = select(Site.id).where(Site.unit_id == unit_id)
    at_home = and_(PhotoUse.site_id.in_(sites), PhotoUse.inspection_id.in_(inspections))
    return select(PhotoUse.id).where(
        PhotoUse.state == "received",
        PhotoUse.purpose.in_(_TELLING),
        or_(PhotoUse.task_id.in_(tasks), and_(at_home, PhotoUse.task_id.is_(None))),
    )


async def own_use(session: AsyncSession, material: DeclarationMaterial, use_id: str, sha256: str) -> PhotoUse | None:
    """A use that this material's unit may take over, where it is one of this photo."""
    query = select(PhotoUse).where(PhotoUse.id == use_id, PhotoUse.sha256 == sha256)
    return await session.scalar(query.where(PhotoUse.id.in_(own_uses(material.unit_id))))


async def is_own(session: AsyncSession, material: DeclarationMaterial, sha256: str) -> bool:
    """Whether a photo is among those that this material's unit may take over."""
    query = select(PhotoUse.id).where(PhotoUse.sha256 == sha256, PhotoUse.id.in_(own_uses(material.unit_id)))
    return await session.scalar(query.limit(1)) is not None


async def candidates(session: AsyncSession, material: DeclarationMaterial) -> list[CandidateOut]:
    """What may be taken over, accepted repairs first, then the newest. Each photo once."""
    query = (
        select(PhotoUse, Shot.taken_at, Site.name, Task.number, Task.status, Task.item_code)
        .join(Photo, Photo.sha256 == PhotoUse.sha256)
        .outerjoin(Shot, Shot.id == PhotoUse.shot_id)
        .outerjoin(Site, Site.id == PhotoUse.site_id)
        .outerjoin(Task, Task.id == PhotoUse.task_id)
        .where(PhotoUse.id.in_(own_uses(material.unit_id)))
        .order_by(PhotoUse.created_at.desc(), PhotoUse.id)
        .limit(_MOST)
    )
    found: dict[str, CandidateOut] = {}
    for use, taken_at, site, number, status, item in await session.execute(query):
        is_repair = use.purpose in ("reply", "strike_off")
        one = CandidateOut(
            use_id=use.id,
            sha256=use.sha256,
            purpose=use.purpose,
            site=site or "",
            item=use.item_code or item or "",
            task_number=number or "",
            taken_at=taken_at,
            struck_off=is_repair and status == "closed",
        )
        if use.sha256 not in found or one.struck_off:
            found[use.sha256] = one
    return sorted(found.values(), key=lambda one: not one.struck_off)
