"""Every check on a material that a person would hand in, over what that person has a right to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import EditionIn
from server.auth import roles
from server.auth.actor import Actor
from server.declaration import offering
from server.declaration.checks import check_material
from server.declaration.faults import Fault
from server.declaration.filing import delivered
from server.declaration.gathering import Gathered, Held, Known, content_of, gather, known_of, pictures_of
from server.errors import NotAllowed, NotFound
from server.photos.desk import PhotoDesk
from server.photos.queries import may_read
from storage.database.models import DeclarationAsk, DeclarationMaterial, DeclarationRound, PhotoUse


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say of a material, and what they looked at."""

    gathered: Gathered
    ask: DeclarationAsk
    held: Held
    faults: list[Fault]
    characters: int | None
    known: Known
    uses: dict[str, PhotoUse]


async def find_material(session: AsyncSession, material_id: str, *, lock: bool = False) -> DeclarationMaterial:
    """One material. Raises NotFound."""
    material = await session.get(DeclarationMaterial, material_id, with_for_update=lock)
    if material is None:
        raise NotFound
    return material


async def gather_one(session: AsyncSession, material: DeclarationMaterial) -> tuple[Gathered, DeclarationAsk, Held]:
    """A material with its ask and its round."""
    ask = await session.get_one(DeclarationAsk, material.ask_id)
    gathered = await gather(session, await session.get_one(DeclarationRound, ask.round_id), only={ask.id})
    found = gathered.find(material.id)
    if found is None:
        raise NotFound
    return gathered, *found


def may_hand_in(me: Actor, material: DeclarationMaterial) -> bool:
    """The unit's own people, and the office: for itself, or entered for a unit (R87, R95)."""
    return me.role == roles.OFFICE or (me.role in roles.UNIT and me.unit_id == material.unit_id)


async def check(session: AsyncSession, desk: PhotoDesk, *, me: Actor, material_id: str, asked: EditionIn) -> Checked:
    """Every check on what would be handed in. Raises NotFound, NotAllowed."""
    material = await find_material(session, material_id)
    if not may_hand_in(me, material):
        raise NotFound if me.unit_id != material.unit_id else NotAllowed
    gathered, ask, held = await gather_one(session, material)
    known, uses = await _within_reach(session, desk, me, held, asked)
    report = known.report(asked)
    faults = check_material(gathered.terms(ask, material.id), asked, pictures=known.pictures, report=report)
    if me.unit_id != material.unit_id and not asked.entered_note.strip():
        faults.append(Fault("/enteredNote", "entered-note-needed"))
    return Checked(gathered, ask, held, faults, report.characters if report else None, known, uses)


async def _within_reach(
    session: AsyncSession, desk: PhotoDesk, me: Actor, held: Held, asked: EditionIn
) -> tuple[Known, dict[str, PhotoUse]]:
    """What is known of the bytes that are named, without what this person has no right to: naming a hash gives none."""
    known = await known_of(session, [asked])
    before = {sha256 for one in held.editions for sha256 in pictures_of(content_of(one))}
    uses: dict[str, PhotoUse] = {}
    for one in asked.pictures:
        if one.use_id is not None:
            use = await offering.own_use(session, held.material, one.use_id, one.sha256)
            if use is not None:
                uses[one.sha256] = use
    for sha256 in list(known.pictures):
        if sha256 not in before and sha256 not in uses and not await _may_read(session, desk, me, sha256):
            del known.pictures[sha256]
    earlier = {report.sha256 for one in held.editions if (report := content_of(one).report)}
    for sha256 in list(known.files):
        if sha256 not in earlier and not await delivered(session, me, sha256):
            del known.files[sha256]
    return known, uses


async def _may_read(session: AsyncSession, desk: PhotoDesk, me: Actor, sha256: str) -> bool:
    try:
        await may_read(session, desk, me=me, sha256=sha256)
    except NotFound:
        return False
    return True
