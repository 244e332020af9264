"""Which photos a package holds: every use that was received, of the findings and tasks that the filters ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.exports import PackageIn, PackagePart
from server.exports.naming import Placed
from server.photos.recognition import Kind
from storage.database.models import Finding, Fix, Photo, PhotoUse, Shot, Site, Task

PART_BYTES = 200 * 1024 * 1024
"""A part is at most this large, or a single photo that is larger."""


def _uses(wanted: PackageIn) -> Select[Any]:
    """Uses of photos in the order of their ids: what comes later never moves what is in an earlier part."""
    of_findings = select(Finding.id).where(Finding.status != "void")
    of_tasks = select(Task.id).where(Task.status != "void")
    if wanted.month:
        of_findings = of_findings.where(Finding.month == wanted.month)
        of_tasks = of_tasks.where(Task.id.in_(select(Finding.task_id).where(Finding.month == wanted.month)))
    if wanted.unit_id:
        of_findings = of_findings.where(Finding.unit_id == wanted.unit_id)
        of_tasks = of_tasks.where(Task.unit_id == wanted.unit_id)
    conditions: list[ColumnElement[bool]] = [PhotoUse.state == "received"]
    if wanted.month or wanted.unit_id:
        conditions.append(or_(PhotoUse.finding_id.in_(of_findings), PhotoUse.task_id.in_(of_tasks)))
    if wanted.site_id:
        conditions.append(PhotoUse.site_id == wanted.site_id)
    return select(PhotoUse.id).where(*conditions).order_by(PhotoUse.id)


async def parts(session: AsyncSession, wanted: PackageIn) -> list[tuple[PackagePart, str]]:
    """The parts as of now, each with the id of its first use."""
    uses = _uses(wanted).subquery()
    query = (
        select(PhotoUse.id, Photo.size_bytes)
        .join(uses, uses.c.id == PhotoUse.id)
        .join(Photo, Photo.sha256 == PhotoUse.sha256)
        .order_by(PhotoUse.id)
    )
    found: list[tuple[PackagePart, str]] = []
    for use_id, size in await session.execute(query):
        if not found or found[-1][0].size_bytes + size > PART_BYTES:
            found.append((PackagePart(number=len(found) + 1, url="", photos=0, size_bytes=0), use_id))
        part = found[-1][0]
        part.photos += 1
        part.size_bytes += size
    return found


async def photos_of_part(
    session: AsyncSession, wanted: PackageIn, said: Mapping[str, Any], *, first: str, count: int
) -> Sequence[Placed]:
    """The photos of one part: `count` uses from the first on."""
    uses = _uses(wanted).where(PhotoUse.id >= first).limit(count).subquery()
    query = (
        select(PhotoUse, Photo, Site.name, Task.number, Task.item_code, Shot.taken_at, Fix.lat, Fix.lon)
        .join(uses, uses.c.id == PhotoUse.id)
        .join(Photo, Photo.sha256 == PhotoUse.sha256)
        .outerjoin(Site, Site.id == PhotoUse.site_id)
        .outerjoin(Task, Task.id == PhotoUse.task_id)
        .outerjoin(Shot, Shot.id == PhotoUse.shot_id)
        .outerjoin(Fix, Fix.id == Shot.fix_id)
        .order_by(PhotoUse.id)
    )
    return [
        Placed(
            sha256=photo.sha256,
            suffix=Kind(photo.kind).suffix,
            size_bytes=photo.size_bytes,
            site=site_name or "",
            item=use.item_code or item_code or "",
            purpose=said["purpose"].get(use.purpose, use.purpose),
            task=number or "",
            taken_at=taken_at,
            lat=lat,
            lon=lon,
        )
        for use, photo, site_name, number, item_code, taken_at, lat, lon in await session.execute(query)
    ]
