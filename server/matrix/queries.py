"""Who owes what for which indicator on a day. Other slices ask `owners` and `indicators_on`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.matrix.holding import Duty, Member, Owner, owners_by_code
from server.matrix.notice import Indicator, indicators, read_notice
from server.matrix.shape import Notice
from storage.database.models import CatalogueEdition, IndicatorDuty, Unit


async def owners(session: AsyncSession, on: date) -> dict[str, list[Owner]]:
    """Who has a part on a day, by the code of an indicator (III-42, KW-SDXD) and of a requirement (M-42-1) alike.

    责任 comes before 配合, each in the notice's order; a code without an owner is left out.
    """
    return owners_by_code(await duties_on(session, on), await members(session), on)


async def indicators_on(session: AsyncSession, on: date) -> list[Indicator]:
    """The rows of the notice that holds on a day, with their requirements and texts."""
    return indicators(await notice_on(session, on))


async def notice_on(session: AsyncSession, on: date) -> Notice:
    """The notice that holds on a day."""
    return read_notice((await edition_on(session, on)).content)


async def edition_on(session: AsyncSession, on: date) -> CatalogueEdition:
    """The catalogue whose day came last; before the first one's day, the first one."""
    editions = select(CatalogueEdition).order_by(CatalogueEdition.from_on.desc(), CatalogueEdition.id.desc())
    begun = await session.scalar(editions.where(CatalogueEdition.from_on <= on).limit(1))
    if begun is not None:
        return begun
    first = select(CatalogueEdition).order_by(CatalogueEdition.from_on, CatalogueEdition.id).limit(1)
    return (await session.scalars(first)).one()


async def duties_on(session: AsyncSession, on: date) -> list[Duty]:
    """The shares that hold on a day."""
    query = select(IndicatorDuty).where(
        IndicatorDuty.from_on <= on, or_(IndicatorDuty.until_on.is_(None), IndicatorDuty.until_on >= on)
    )
    return [duty_of(row) for row in await session.scalars(query)]


def duty_of(row: IndicatorDuty) -> Duty:
    """A row as the rules see it."""
    return Duty(
        indicator=row.indicator_code,
        requirement=row.requirement_code,
        holder=row.holder,
        part=row.part,
        position=row.position,
        compiles=row.compiles,
    )


async def members(session: AsyncSession) -> list[Member]:
    """Every unit, as far as a share asks for it."""
    return [
        Member(
            id=unit.id,
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            member_from=unit.member_from,
            member_until=unit.member_until,
            successor_id=unit.successor_id,
        )
        for unit in await session.scalars(select(Unit).order_by(Unit.code))
    ]
