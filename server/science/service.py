"""Entering a science room's facts, materials, activities and updates (R20). Nothing is overwritten."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.science import EntryIn, RoomIn
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.science.errors import EntryWithdrawn, ScienceDiffers
from server.science.standing import entry_faults
from server.science.visibility import may_edit, visible_rooms
from storage.database.models import ScienceEntry, ScienceRoom, Site


async def enter_room(session: AsyncSession, record_id: str, asked: RoomIn, *, site_id: str, me: Actor) -> bool:
    """Enter a room's facts as their next version; whether it is new. The same again changes nothing.

    Raises NotFound, NotAllowed, ScienceDiffers, Unprocessable.
    """
    site = await _held_room(session, site_id, me)
    known, told = await session.get(ScienceRoom, record_id), digest(asked)
    if known is not None:
        if (known.site_id, known.body_sha256) != (site_id, told):
            raise ScienceDiffers
        return False
    errors = [] if ids.is_uuid(record_id) else [FieldError("/id", "bad-id")]
    for field, text in (
        ("community", asked.community),
        ("openingHours", asked.opening_hours),
        ("keeper", asked.keeper),
    ):
        if not text.strip():
            errors.append(FieldError(f"/{field}", "required"))
    if errors:
        raise Unprocessable(errors=errors)
    newest = select(ScienceRoom.number).where(ScienceRoom.site_id == site.id).order_by(ScienceRoom.number.desc())
    room = ScienceRoom(
        id=record_id,
        site_id=site.id,
        number=(await session.scalar(newest.limit(1)) or 0) + 1,
        community=asked.community.strip(),
        area_m2=asked.area_m2,
        opening_hours=asked.opening_hours.strip(),
        keeper=asked.keeper.strip(),
        equipment=asked.equipment.strip(),
        body_sha256=told,
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(room)
    detail = {"site": site.id, "number": room.number, "body": told}
    audit.record(session, actor=me, action="enter_science_room", subject=("science_room", record_id), detail=detail)
    return True


async def enter_entry(session: AsyncSession, entry_id: str, asked: EntryIn, *, me: Actor) -> bool:
    """Enter a stock, an activity or an update; whether it is new. The same again changes nothing.

    Raises NotFound, NotAllowed, ScienceDiffers, Unprocessable.
    """
    site = await _held_room(session, asked.site_id, me)
    known, told = await session.get(ScienceEntry, entry_id), digest(asked)
    if known is not None:
        if known.body_sha256 != told:
            raise ScienceDiffers
        return False
    errors = [] if ids.is_uuid(entry_id) else [FieldError("/id", "bad-id")]
    errors += entry_faults(asked, clock.today())
    if errors:
        raise Unprocessable(errors=errors)
    entry = ScienceEntry(
        id=entry_id,
        site_id=site.id,
        kind=asked.kind,
        on=asked.on,
        name=asked.name.strip(),
        count=asked.count,
        node=asked.node,
        note=asked.note.strip(),
        body_sha256=told,
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(entry)
    detail = {"site": site.id, "kind": asked.kind, "body": told}
    audit.record(session, actor=me, action="enter_science", subject=("science_entry", entry_id), detail=detail)
    return True


async def withdraw(session: AsyncSession, entry_id: str, reason: str, *, me: Actor) -> None:
    """Take an entry out that was wrong; it stays with its reason. Raises NotFound, NotAllowed, EntryWithdrawn."""
    entry = await session.get(ScienceEntry, entry_id)
    if entry is None:
        raise NotFound
    await _held_room(session, entry.site_id, me)
    await session.refresh(entry)  # whoever was here first may have taken it out while this one waited
    if not reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "required")])
    if entry.withdrawn:
        if entry.withdrawn == reason.strip():
            return
        raise EntryWithdrawn
    entry.withdrawn, entry.withdrawn_at, entry.withdrawn_by = reason.strip(), clock.now(), me.person_id
    detail = {"reason": entry.withdrawn}
    audit.record(session, actor=me, action="withdraw_science", subject=("science_entry", entry_id), detail=detail)


async def _held_room(session: AsyncSession, site_id: str, me: Actor) -> Site:
    """The room, locked, so that versions of it follow each other; foreign ones are not there (R8)."""
    site = await session.scalar(
        select(Site).where(Site.id == site_id, await visible_rooms(session, me)).with_for_update()
    )
    if site is None:
        raise NotFound
    if not may_edit(me, site):
        raise NotAllowed
    return site
