"""Use cases of photos beside their uploads: what is known, what a photo proves, and waiving one that never came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.photos import Known
from server import clock, ids
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.errors import NotFound
from server.photos.desk import PhotoDesk
from server.photos.errors import NotOwed
from server.photos.flags import Flag, Setting
from server.photos.holding import hold_photos
from server.photos.judging import judge_uses
from server.photos.metadata import Circumstances
from server.photos.recording import keep_shot
from storage.database.models import Photo, PhotoDelivery, PhotoUse, Shot

SEES_ALL = frozenset({roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE})
UNUSED_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """These photos prove something: an item, an inspection as a whole, a reply, a strike-off.

    `purpose` is one of inspection_item, inspection, signature, reply, strike_off, progress (and may grow). Through
    `task_id` a unit may come to see them. `shots` tells of this use alone, where the same bytes have several.
    """

    purpose: str
    hashes: Sequence[str]
    inspection_id: str | None = None
    item_code: str | None = None
    finding_id: str | None = None
    task_id: str | None = None
    action_id: str | None = None
    site_id: str | None = None
    setting: Setting = field(default_factory=Setting)
    shots: Mapping[str, Circumstances] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Which hashes are still owed, each once in the order named, and the flags of those already here, by use."""

    missing: list[str] = field(default_factory=list)
    uses: list[PhotoUse] = field(default_factory=list)
    flags: dict[str, list[Flag]] = field(default_factory=dict)


async def which_are_known(session: AsyncSession, *, me: Actor, hashes: Sequence[str]) -> Known:
    """Part hashes into those whose bytes this person delivered, and the rest."""
    query = select(PhotoDelivery.sha256).where(
        PhotoDelivery.person_id == me.person_id, PhotoDelivery.sha256.in_(set(hashes))
    )
    known = set(await session.scalars(query))
    unique = list(dict.fromkeys(hashes))
    return Known(known=[h for h in unique if h in known], wanted=[h for h in unique if h not in known])


async def claim_photos(
    session: AsyncSession,
    *,
    me: Actor,
    claims: Sequence[Claim],
    shots: Mapping[str, Circumstances] | None = None,
) -> Claimed:
    """Say what photos prove, whether their bytes have come or not. Call it in the transaction of the change.

    `shots` holds circumstances by hash where the claim brings them; else the latest that this person sent with the
    bytes serve. People of units get no right by naming a hash: theirs count as received once they delivered them.
    """
    wanted = {sha256 for claim in claims for sha256 in claim.hashes}
    if not wanted:
        return Claimed()
    await hold_photos(session, wanted)
    present = {row.sha256: row for row in await session.scalars(select(Photo).where(Photo.sha256.in_(wanted)))}
    free = set(present) if me.role in SEES_ALL else await _delivered(session, me, wanted)
    told = await _shots_for(session, me, wanted, shots or {})
    result = Claimed()
    for claim in claims:
        for sha256 in dict.fromkeys(claim.hashes):
            use = _use(claim, sha256, me, received=sha256 in free, shot_id=told.get(sha256))
            await _tell_use(session, use, claim.shots.get(sha256), (shots or {}).get(sha256))
            result.uses.append(use)
            session.add(use)
            if sha256 not in free and sha256 not in result.missing:
                result.missing.append(sha256)
    await session.flush()
    for sha256 in free:
        mine = [use for use in result.uses if use.sha256 == sha256]
        result.flags.update(await judge_uses(session, present[sha256], mine))
    return result


async def _delivered(session: AsyncSession, me: Actor, wanted: set[str]) -> set[str]:
    return set((await which_are_known(session, me=me, hashes=list(wanted))).known)


async def _shots_for(
    session: AsyncSession, me: Actor, wanted: set[str], given: Mapping[str, Circumstances]
) -> dict[str, str]:
    """The shot that tells of each photo: the one given now, else this person's latest, else any that he may see."""
    told: dict[str, str] = {}
    ranked = select(Shot.sha256, Shot.id, Shot.person_id).where(Shot.sha256.in_(wanted)).order_by(Shot.received_at)
    if me.role not in SEES_ALL:  # a claim must not open the circumstances that others told
        ranked = ranked.where(Shot.person_id == me.person_id)
    rows = (await session.execute(ranked)).all()
    for row in sorted(rows, key=lambda row: row.person_id == me.person_id):
        told[row.sha256] = row.id
    for sha256 in wanted & given.keys():
        told[sha256] = await keep_shot(session, sha256, me.person_id, given[sha256])
    return told


async def _tell_use(
    session: AsyncSession, use: PhotoUse, own: Circumstances | None, general: Circumstances | None
) -> None:
    """Give a use the shot that was told for it alone, and what was drawn and written over its picture."""
    if own is not None and own != general:
        use.shot_id = await keep_shot(session, use.sha256, use.person_id, own)
    drawn = own or general or Circumstances()
    use.marks, use.note = [msgspec.to_builtins(mark) for mark in drawn.marks], drawn.note.strip()


def _use(claim: Claim, sha256: str, me: Actor, *, received: bool, shot_id: str | None) -> PhotoUse:
    return PhotoUse(
        id=ids.uuid7(),
        sha256=sha256,
        purpose=claim.purpose,
        state="received" if received else "missing",
        needs_delivery=me.role not in SEES_ALL,
        person_id=me.person_id,
        shot_id=shot_id,
        inspection_id=claim.inspection_id,
        item_code=claim.item_code,
        finding_id=claim.finding_id,
        task_id=claim.task_id,
        action_id=claim.action_id,
        site_id=claim.site_id,
        site_lat=claim.setting.lat,
        site_lon=claim.setting.lon,
        radius_m=claim.setting.radius_m,
        begins_at=claim.setting.begins_at,
        ends_at=claim.setting.ends_at,
        place_and_time_matter=claim.setting.place_and_time_matter,
        created_at=clock.now(),
    )


async def missing_photos(session: AsyncSession, *, inspection_id: str) -> list[str]:
    """The hashes that an inspection still owes now, in the order named."""
    query = (
        select(PhotoUse.sha256)
        .where(PhotoUse.inspection_id == inspection_id, PhotoUse.state == "missing")
        .order_by(PhotoUse.id)
    )
    return list(dict.fromkeys(await session.scalars(query)))


async def waive_use(session: AsyncSession, desk: PhotoDesk, *, me: Actor, use_id: str, reason: str) -> PhotoUse:
    """The office no longer waits for a photo, with a reason. Raises NotFound, NotOwed."""
    use = await session.get(PhotoUse, use_id, with_for_update=True)
    if use is None:
        raise NotFound
    if use.state != "missing":
        raise NotOwed
    use.state, use.reason = "waived", reason
    use.decided_by, use.decided_at = me.person_id, clock.now()
    audit.record(session, actor=me, action="photo.waived", subject=("photo_use", use.id), detail={"sha256": use.sha256})
    await session.flush()
    await desk.tell(session, [use])
    return use
