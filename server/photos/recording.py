"""Record: the rows of a receipt, in one transaction. Nothing is acknowledged before it commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.photos.decoding import Inspection
from server.photos.desk import PhotoDesk
from server.photos.flags import bands
from server.photos.holding import hold_photos
from server.photos.judging import judge_uses
from server.photos.metadata import Circumstances
from storage.database.models import Fix, Photo, PhotoDelivery, PhotoUse, Shot


async def record_photo(
    session: AsyncSession, *, me: Actor, sha256: str, size_bytes: int, inspection: Inspection | None
) -> Photo:
    """Keep the row of these bytes (`inspection` is None where it is there already) and who delivered them."""
    await hold_photos(session, [sha256])
    now = clock.now()
    if inspection is not None:
        await _insert_once(session, Photo, _photo_values(sha256, size_bytes, inspection, now))
    delivery = {"sha256": sha256, "person_id": me.person_id, "at": now}
    first_time = await _insert_once(session, PhotoDelivery, delivery)
    photo = await session.get_one(Photo, sha256)
    if first_time:
        detail = {"sizeBytes": size_bytes, "kind": photo.kind}
        audit.record(session, actor=me, action="photo.received", subject=("photo", sha256), detail=detail)
    return photo


def _photo_values(sha256: str, size_bytes: int, inspection: Inspection, now: datetime) -> dict[str, Any]:
    first, second, third, fourth = bands(inspection.dhash)
    return {
        "sha256": sha256,
        "kind": inspection.kind.value,
        "size_bytes": size_bytes,
        "width": inspection.width,
        "height": inspection.height,
        "dhash": inspection.dhash,
        "dhash_1": first,
        "dhash_2": second,
        "dhash_3": third,
        "dhash_4": fourth,
        "exif": msgspec.to_builtins(inspection.witness),
        "received_at": now,
    }


async def _insert_once(session: AsyncSession, table: type[Photo | PhotoDelivery], values: dict[str, Any]) -> bool:
    """Insert unless the key is there (two replicas may receive one photo at once). Whether it was new."""
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    done = await session.execute(make(table).values(**values).on_conflict_do_nothing())
    return bool(done.rowcount)  # type: ignore[attr-defined]


async def keep_shot(session: AsyncSession, sha256: str, person_id: str, told: Circumstances) -> str:
    """The id of the row of these circumstances; the same told twice is one row."""
    query = select(Shot.id).where(
        Shot.sha256 == sha256,
        Shot.person_id == person_id,
        Shot.taken_at.is_(None) if told.taken_at is None else Shot.taken_at == told.taken_at,
        Shot.source == told.source,
        Shot.fix_id.is_(None) if told.fix is None else Shot.fix_id.is_not(None),
    )
    known = await session.scalar(query.limit(1))
    if known is not None:
        return known
    shot = Shot(
        id=ids.uuid7(),
        sha256=sha256,
        person_id=person_id,
        taken_at=told.taken_at,
        source=told.source,
        fix_id=await _keep_fix(session, told),
        clock_skew_s=told.clock_skew_s,
        received_at=clock.now(),
    )
    session.add(shot)
    await session.flush()
    return shot.id


async def _keep_fix(session: AsyncSession, told: Circumstances) -> str | None:
    if told.fix is None:
        return None
    fix = Fix(
        id=ids.uuid7(),
        lat=told.fix.lat,
        lon=told.fix.lon,
        accuracy_m=told.fix.accuracy_m,
        at=told.fix.at,
    )
    session.add(fix)
    await session.flush()
    return fix.id


async def settle_uses(session: AsyncSession, desk: PhotoDesk, *, me: Actor, photo: Photo, shot_id: str) -> None:
    """Turn the uses that waited for these bytes into received ones, with their flags."""
    query = select(PhotoUse).where(
        PhotoUse.sha256 == photo.sha256,
        PhotoUse.state == "missing",
        or_(PhotoUse.needs_delivery.is_(False), PhotoUse.person_id == me.person_id),
    )
    waiting = (await session.scalars(query.with_for_update())).all()
    for use in waiting:
        use.state = "received"
        if use.shot_id is None:
            use.shot_id = shot_id
    await session.flush()
    await judge_uses(session, photo, waiting)
    await session.flush()
    await desk.tell(session, waiting)


async def refuse_uses(
    session: AsyncSession, desk: PhotoDesk, *, sha256: str, reason: str, person_id: str | None = None
) -> None:
    """Uses that waited for bytes which can never be a photo are refused: an outbox must come to its end.

    With `person_id` only that person's own, for a refusal that was given before the bytes proved their hash.
    """
    await hold_photos(session, [sha256])
    query = select(PhotoUse).where(PhotoUse.sha256 == sha256, PhotoUse.state == "missing")
    if person_id is not None:
        query = query.where(PhotoUse.person_id == person_id)
    waiting = (await session.scalars(query)).all()
    if not waiting:
        return
    changed = update(PhotoUse).where(PhotoUse.id.in_([use.id for use in waiting]))
    await session.execute(changed.values(state="refused", reason=reason, decided_at=clock.now()))
    for use in waiting:
        await session.refresh(use)
    await desk.tell(session, waiting)
