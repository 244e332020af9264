"""Reads of photos. The only place that scopes a photo to a person: `may_read`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.marks import Mark
from schemas.photos import FixOut, OwedPhoto, PhotoOut, PhotoUseOut, ShotOut, TwinOut, UnusedPhoto, WitnessOut
from schemas.tasks import FlagOut
from server.auth.actor import Actor
from server.errors import NotFound
from server.photos.desk import PhotoDesk
from server.photos.geo import distance_m
from server.photos.judging import witness_of
from server.photos.reviewing import reviews_of
from server.photos.service import SEES_ALL
from server.photos.twins import twins_of
from server.photos.visibility import visible_uses
from server.photos.wording import flag_text
from storage.database.models import Fix, Person, Photo, PhotoDelivery, PhotoFlag, PhotoUse, Shot, Site


async def may_read(session: AsyncSession, desk: PhotoDesk, *, me: Actor, sha256: str) -> Photo:
    """The photo, where this person may see it. Raises NotFound for an absent and a foreign one alike.

    Its deliverer, inspectors, 区政府办 and the office may from its receipt; anybody else only through a task that
    he may see and in which the photo has been received.
    """
    delivered = exists().where(PhotoDelivery.sha256 == sha256, PhotoDelivery.person_id == me.person_id)
    proved = exists().where(
        PhotoUse.sha256 == sha256,
        PhotoUse.state == "received",
        PhotoUse.task_id.in_(desk.visible_tasks(me)),
    )
    allowed = true() if me.role in SEES_ALL else or_(delivered, proved)
    photo = await session.scalar(select(Photo).where(Photo.sha256 == sha256, allowed))
    if photo is None:
        raise NotFound
    return photo


async def describe_photo(session: AsyncSession, desk: PhotoDesk, *, me: Actor, sha256: str, language: str) -> PhotoOut:
    """Everything about one photo that this person may see. Raises NotFound."""
    photo = await may_read(session, desk, me=me, sha256=sha256)
    query = visible_uses(desk, me).where(PhotoUse.sha256 == sha256).order_by(PhotoUse.created_at, PhotoUse.id)
    uses = (await session.scalars(query.limit(200))).all()
    flags = await _flags(session, uses, language)
    shots = await _shots(session, me, sha256, uses)
    away = {shot.id: shot.distance_m for shot in shots}
    return PhotoOut(
        sha256=photo.sha256,
        kind=photo.kind,
        size_bytes=photo.size_bytes,
        width=photo.width,
        height=photo.height,
        received_at=photo.received_at,
        exif=_witness(photo),
        shots=shots,
        flags=list({(flag.code, str(flag.detail)): flag for use in uses for flag in flags[use.id]}.values()),
        uses=await _uses(session, uses, flags, away, await twins_of(session, desk, me=me, flags=flags)),
    )


def _witness(photo: Photo) -> WitnessOut:
    witness = witness_of(photo)
    return WitnessOut(
        present=witness.present,
        malformed=witness.malformed,
        place=witness.place.value,
        lat=witness.lat,
        lon=witness.lon,
        local_time=witness.local_time,
        offset=witness.offset,
        camera=witness.camera,
        software=witness.software,
    )


async def _flags(session: AsyncSession, uses: Sequence[PhotoUse], language: str) -> dict[str, list[FlagOut]]:
    found: dict[str, list[FlagOut]] = defaultdict(list)
    query = select(PhotoFlag).where(PhotoFlag.photo_use_id.in_([use.id for use in uses])).order_by(PhotoFlag.code)
    for row in await session.scalars(query):
        message = flag_text(row.code, row.detail, language)
        found[row.photo_use_id].append(FlagOut(code=row.code, message=message, detail=row.detail))
    return found


async def _shots(session: AsyncSession, me: Actor, sha256: str, uses: Sequence[PhotoUse]) -> list[ShotOut]:
    """The shots of this photo: for inspectors and offices all, for others their own and those of visible uses."""
    query = (
        select(Shot, Fix, Person.name)
        .join(Person, Person.id == Shot.person_id)
        .outerjoin(Fix, Fix.id == Shot.fix_id)
        .where(Shot.sha256 == sha256)
        .order_by(Shot.received_at, Shot.id)
        .limit(200)
    )
    if me.role not in SEES_ALL:
        query = query.where(or_(Shot.person_id == me.person_id, Shot.id.in_([use.shot_id for use in uses])))
    used = {use.shot_id: use for use in uses if use.site_lat is not None}
    rows = await session.execute(query)
    return [_shot_out(shot, fix, name, used.get(shot.id)) for shot, fix, name in rows]


def _shot_out(shot: Shot, fix: Fix | None, person: str, use: PhotoUse | None) -> ShotOut:
    away = None
    if fix and use and use.site_lat is not None and use.site_lon is not None:
        away = round(distance_m(fix.lat, fix.lon, use.site_lat, use.site_lon), 1)
    return ShotOut(
        id=shot.id,
        person_id=shot.person_id,
        person=person,
        taken_at=shot.taken_at,
        source=shot.source,
        fix=FixOut(lat=fix.lat, lon=fix.lon, accuracy_m=fix.accuracy_m, at=fix.at) if fix else None,
        distance_m=away,
        received_at=shot.received_at,
    )


async def _uses(
    session: AsyncSession,
    uses: Sequence[PhotoUse],
    flags: dict[str, list[FlagOut]],
    away: dict[str, float | None],
    twins: dict[str, list[TwinOut]],
) -> list[PhotoUseOut]:
    writers = select(Person.id, Person.name).where(Person.id.in_({use.person_id for use in uses}))
    places = select(Site.id, Site.name).where(Site.id.in_({use.site_id for use in uses if use.site_id}))
    people = {row.id: row.name for row in await session.execute(writers)}
    sites = {row.id: row.name for row in await session.execute(places)}
    reviews = await reviews_of(session, [use.id for use in uses])
    return [
        PhotoUseOut(
            id=use.id,
            purpose=use.purpose,
            state=use.state,
            reason=use.reason,
            person_id=use.person_id,
            person=people.get(use.person_id, ""),
            shot_id=use.shot_id,
            inspection_id=use.inspection_id,
            item=use.item_code,
            finding_id=use.finding_id,
            task_id=use.task_id,
            site_id=use.site_id,
            site_name=sites.get(use.site_id) if use.site_id else None,
            distance_m=away.get(use.shot_id) if use.shot_id else None,
            marks=msgspec.convert(use.marks, list[Mark]),
            note=use.note,
            flags=flags[use.id],
            twins=twins.get(use.id, []),
            reviews=reviews.get(use.id, []),
            created_at=use.created_at,
        )
        for use in uses
    ]


async def owed_photos(session: AsyncSession, *, limit: int = 200) -> list[OwedPhoto]:
    """Photos that were named and have not come, the longest owed first."""
    query = (
        select(PhotoUse, Person.name)
        .join(Person, Person.id == PhotoUse.person_id)
        .where(PhotoUse.state == "missing")
        .order_by(PhotoUse.created_at, PhotoUse.id)
        .limit(limit)
    )
    return [_owed(use, name) for use, name in await session.execute(query)]


async def unused_photos(session: AsyncSession, *, before: datetime, limit: int = 200) -> list[UnusedPhoto]:
    """Photos received before an instant that nothing has named since, oldest first. They are listed, never swept."""
    named = exists().where(PhotoUse.sha256 == Photo.sha256)
    query = select(Photo).where(Photo.received_at < before, ~named).order_by(Photo.received_at, Photo.sha256)
    found = (await session.scalars(query.limit(limit))).all()
    people: dict[str, list[str]] = defaultdict(list)
    deliverers = select(PhotoDelivery.sha256, Person.name).join(Person, Person.id == PhotoDelivery.person_id)
    wanted = deliverers.where(PhotoDelivery.sha256.in_([photo.sha256 for photo in found]))
    for row in await session.execute(wanted.order_by(PhotoDelivery.at)):
        people[row.sha256].append(row.name)
    return [
        UnusedPhoto(sha256=photo.sha256, received_at=photo.received_at, delivered_by=people[photo.sha256])
        for photo in found
    ]


async def owed(session: AsyncSession, use: PhotoUse) -> OwedPhoto:
    """One use as the list of owed photos shows it."""
    person = await session.get_one(Person, use.person_id)
    return _owed(use, person.name)


def _owed(use: PhotoUse, person: str) -> OwedPhoto:
    return OwedPhoto(
        use_id=use.id,
        sha256=use.sha256,
        state=use.state,
        reason=use.reason,
        purpose=use.purpose,
        person=person,
        inspection_id=use.inspection_id,
        item=use.item_code,
        task_id=use.task_id,
        created_at=use.created_at,
    )
