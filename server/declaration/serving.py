"""How files of a material leave: a picture to look at, and the file that is declared."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.actor import Actor
from server.declaration import offering
from server.declaration.checking import may_hand_in
from server.declaration.filing import file_key
from server.declaration.gathering import content_of
from server.declaration.queries import visible_material
from server.errors import NotFound
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk, photo_key
from server.photos.errors import StoreAway
from storage.database.models import DeclarationEdition, DeclarationMaterial
from storage.objects import ObjectStoreError


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes of a file, its name and its media type."""

    content: bytes
    name: str
    media_type: str


async def picture(session: AsyncSession, desk: PhotoDesk, *, me: Actor, material_id: str, sha256: str) -> bytes:
    """A page or picture of a material, or one that may be taken over, as the ≤ 1600 px copy. Raises NotFound."""
    material = await visible_material(session, me, material_id)
    editions = await _editions(session, material)
    shown = {page["source"] for one in editions for page in one.declared}
    if sha256 not in shown:
        offered = may_hand_in(me, material) and await offering.is_own(session, material, sha256)
        if not offered:
            raise NotFound
    await session.close()  # the database is let go: the store may take its time
    return await bring_screen(desk, sha256)


async def declared_file(session: AsyncSession, desk: PhotoDesk, *, me: Actor, material_id: str, sha256: str) -> Served:
    """A file that a version of a material declares: a report as it came, a picture as it fits. Raises NotFound."""
    material = await visible_material(session, me, material_id)
    found: tuple[str, str, str] | None = None
    for one in await _editions(session, material):
        report = content_of(one).report
        if report is not None and report.sha256 == sha256:
            found = (file_key(sha256), report.file_name, "application/octet-stream")
        for page in one.declared:
            if sha256 in (page["sha256"], page["source"]):
                key = file_key(page["sha256"]) if page["copied"] else photo_key(page["sha256"])
                found = (key, f"{page['sha256'][:12]}.jpg", "image/jpeg")
    if found is None:
        raise NotFound
    await session.close()
    key, name, media_type = found
    try:
        return Served(await desk.district.objects.get(key), name, media_type)
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def _editions(session: AsyncSession, material: DeclarationMaterial) -> list[DeclarationEdition]:
    query = select(DeclarationEdition).where(DeclarationEdition.material_id == material.id)
    return list(await session.scalars(query.order_by(DeclarationEdition.number)))
