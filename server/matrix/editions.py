"""A new year's catalogue: looked over first, then taken from a day on. What held before stays as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.matrix import CatalogueEditionOut, CatalogueIn, CataloguePreview, CatalogueTake
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from server.matrix.comparing import changes_between, faults_of, key_of
from server.matrix.errors import CatalogueDiffers, CatalogueKnown, CatalogueUnreadable
from server.matrix.notice import counts_of, named_duties, read_notice
from server.matrix.queries import duties_on, duty_of, notice_on
from server.matrix.seeding import duty_row
from server.matrix.service import hold_matrix
from server.matrix.shape import Notice
from storage.database.models import CatalogueEdition, IndicatorDuty, Person

_DEEPEST = 40


async def preview(session: AsyncSession, asked: CatalogueIn) -> CataloguePreview:
    """What taking a catalogue would change from a day on. Raises CatalogueUnreadable, Unprocessable."""
    notice, sha256 = _read(asked.content)
    old, held = await notice_on(session, asked.from_on), await duties_on(session, asked.from_on)
    known = select(CatalogueEdition.id).where(CatalogueEdition.content_sha256 == sha256)
    return CataloguePreview(
        year=notice.source.year,
        title=notice.source.title,
        content_sha256=sha256,
        known=await session.scalar(known) is not None,
        counts=counts_of(notice),
        changes=changes_between(old, notice, held),
    )


def _read(content: dict[str, Any]) -> tuple[Notice, str]:
    if _deeper(content, _DEEPEST) or b"\\u0000" in msgspec.json.encode(content):
        raise CatalogueUnreadable(place="$")
    try:
        notice = read_notice(content)
    except msgspec.ValidationError as error:
        raise CatalogueUnreadable(place=str(error).rpartition(" - at ")[2].strip("`")[:120]) from error
    errors = faults_of(notice)
    if errors:
        raise Unprocessable(errors=errors)
    return notice, digest(content)


def _deeper(value: Any, left: int) -> bool:
    if left == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_deeper(one, left - 1) for one in inner)


async def take(session: AsyncSession, edition_id: str, asked: CatalogueTake, *, me: Actor) -> bool:
    """Take a catalogue that was looked over; whether it is new. From its day on the matrix is what it names: shares
    that it does not name end the day before, those that it names and nobody has begin. Once more changes nothing.

    Raises CatalogueUnreadable, CatalogueDiffers, CatalogueKnown, Unprocessable.
    """
    if not ids.is_uuid(edition_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    notice, sha256 = _read(asked.content)
    if sha256 != asked.content_sha256:
        raise CatalogueDiffers
    await hold_matrix(session)
    editions = list(await session.scalars(select(CatalogueEdition)))
    for one in editions:
        if one.id == edition_id and one.content_sha256 == sha256 and one.from_on == asked.from_on:
            return False
        if one.id == edition_id or one.content_sha256 == sha256:
            raise CatalogueKnown
    if any(one.from_on >= asked.from_on for one in editions):
        raise Unprocessable(errors=[FieldError("/fromOn", "edition-order")])
    edition = CatalogueEdition(
        id=edition_id,
        year=notice.source.year,
        title=notice.source.title,
        from_on=asked.from_on,
        content=asked.content,
        content_sha256=sha256,
        taken_at=clock.now(),
        taken_by=me.person_id,
    )
    session.add(edition)
    began, ended = await _follow(session, notice, asked, me=me)
    detail = {"sha256": sha256, "fromOn": asked.from_on.isoformat(), "began": began, "ended": ended}
    audit.record(session, actor=me, action="take_catalogue", subject=("catalogue", edition_id), detail=detail)
    return True


async def _follow(session: AsyncSession, notice: Notice, asked: CatalogueTake, *, me: Actor) -> tuple[int, int]:
    named = {key_of(one): one for one in named_duties(notice)}
    query = select(IndicatorDuty).where(
        or_(IndicatorDuty.until_on.is_(None), IndicatorDuty.until_on >= asked.from_on),
    )
    held, ended = set(), 0
    for row in await session.scalars(query):
        key = key_of(duty_of(row))
        if key in named and row.from_on <= asked.from_on:
            held.add(key)
        elif key not in named:
            row.until_on = max(asked.from_on, row.from_on) - timedelta(days=1)
            ended += 1
    new = [duty_row(one, asked.from_on, by=me.person_id) for key, one in named.items() if key not in held]
    if new:
        await session.execute(insert(IndicatorDuty), new)
    return len(new), ended


async def list_editions(session: AsyncSession) -> list[CatalogueEditionOut]:
    """The catalogues that were taken, the latest first."""
    query = (
        select(CatalogueEdition, Person.name)
        .outerjoin(Person, Person.id == CatalogueEdition.taken_by)
        .order_by(CatalogueEdition.from_on.desc(), CatalogueEdition.id.desc())
    )
    return [
        CatalogueEditionOut(
            id=one.id,
            year=one.year,
            title=one.title,
            from_on=one.from_on,
            taken_at=one.taken_at,
            by_name=name or "",
        )
        for one, name in await session.execute(query)
    ]
