"""The photos that a flagged one is likely to be a copy of, to be shown beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.photos import TwinOut
from schemas.tasks import FlagOut
from server.auth.actor import Actor
from server.photos.desk import PhotoDesk
from server.photos.visibility import visible_uses
from storage.database.models import Person, PhotoUse, Shot, Site

_OF_A_TWIN = ("edited-copy", "copy-of-before", "near-duplicate")
_PATCH = ("patchLeft", "patchTop", "patchWidth", "patchHeight")


async def twins_of(
    session: AsyncSession, desk: PhotoDesk, *, me: Actor, flags: Mapping[str, Sequence[FlagOut]]
) -> dict[str, list[TwinOut]]:
    """By use, the first use of each photo that its flags name, as far as this person may see it."""
    named = {str(flag.detail["sha256"]) for some in flags.values() for flag in some if flag.code in _OF_A_TWIN}
    first = await _first_uses(session, desk, me, named) if named else {}
    found: dict[str, list[TwinOut]] = defaultdict(list)
    for use_id, some in flags.items():
        for code in _OF_A_TWIN:
            for flag in some:
                told = first.get(str(flag.detail.get("sha256")))
                if flag.code == code and told is not None:
                    found[use_id].append(_out(flag, *told))
    return found


async def _first_uses(
    session: AsyncSession, desk: PhotoDesk, me: Actor, hashes: set[str]
) -> dict[str, tuple[PhotoUse, Any]]:
    seen = visible_uses(desk, me).where(PhotoUse.sha256.in_(hashes)).with_only_columns(PhotoUse.id)
    query = (
        select(PhotoUse, Site.name.label("site"), Person.name.label("person"), Shot.taken_at)
        .join(Person, Person.id == PhotoUse.person_id)
        .outerjoin(Site, Site.id == PhotoUse.site_id)
        .outerjoin(Shot, Shot.id == PhotoUse.shot_id)
        .where(PhotoUse.id.in_(seen))
        .order_by(PhotoUse.created_at.desc(), PhotoUse.id.desc())
    )
    return {row.PhotoUse.sha256: (row.PhotoUse, row) for row in await session.execute(query)}


def _out(flag: FlagOut, use: PhotoUse, row: Any) -> TwinOut:
    patch = [float(flag.detail[name]) for name in _PATCH if name in flag.detail]
    return TwinOut(
        sha256=use.sha256,
        code=flag.code,
        site_name=row.site,
        item=use.item_code,
        person=row.person,
        taken_at=row.taken_at,
        used_at=use.created_at,
        patch=patch or None,
    )
