"""The matrix as a person may see it: the district's people whole, a unit's people what is theirs (R8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.matrix import (
    DutyOut,
    Holder,
    Matrix,
    MatrixIndicator,
    MatrixOwner,
    MatrixRequirement,
    MatrixUnit,
)
from server.auth import roles
from server.auth.actor import Actor
from server.matrix.holding import Member, Owner, gaps_of, owners_by_code, stand_for
from server.matrix.notice import Indicator, counts_of, indicators, names_of, place_of, read_notice
from server.matrix.queries import duties_on, edition_on, members
from server.matrix.shape import Notice
from server.org.units import OF_THE_GROUP
from storage.database.models import IndicatorDuty

Owners = Mapping[str, list[Owner]]


async def matrix(session: AsyncSession, me: Actor, *, on: date) -> Matrix:
    """The matrix on a day. A unit's people get the rows in which their unit has a part, and their own shares."""
    edition = await edition_on(session, on)
    notice = read_notice(edition.content)
    units, duties = await members(session), await duties_on(session, on)
    owners, rows = owners_by_code(duties, units, on), indicators(notice)
    is_office = me.role == roles.OFFICE
    if me.is_unit:
        rows = [row for row in rows if any(one.unit_id == me.unit_id for one in owners.get(row.code, []))]
    columns = [one for one in units if one.kind in OF_THE_GROUP and one.stands_on(on)]
    columns.sort(key=lambda one: place_of(notice, one.code))
    return Matrix(
        on=on,
        year=edition.year,
        title=edition.title,
        edition_from_on=edition.from_on,
        counts=counts_of(notice),
        units=[MatrixUnit(id=one.id, code=one.code, name=one.name) for one in columns],
        indicators=[_indicator(row, owners) for row in rows],
        duties=await _duties(session, me, notice, units, on),
        gaps=[] if me.is_unit else gaps_of(rows, duties, owners, units, on),
        holders=_holders(notice, columns) if is_office else [],
        may_edit=is_office,
    )


def _indicator(row: Indicator, owners: Owners) -> MatrixIndicator:
    return MatrixIndicator(
        code=row.code,
        board=row.board,
        aspect=row.aspect,
        group=row.group,
        name=row.name,
        standards=list(row.standards),
        items=[name for _, name in row.items],
        basis=row.basis,
        footnote=row.footnote,
        requirements=[
            MatrixRequirement(
                code=asked.code,
                no=asked.no,
                text=asked.text,
                method=asked.method,
                formats=list(asked.formats),
                provincial_opinion=asked.provincial_opinion,
                owners=_owners(owners, asked.code),
            )
            for asked in row.requirements
        ],
        owners=_owners(owners, row.code),
    )


def _owners(owners: Owners, code: str) -> list[MatrixOwner]:
    return [MatrixOwner(unit_id=one.unit_id, part=one.part, compiles=one.compiles) for one in owners.get(code, [])]


def _holders(notice: Notice, columns: list[Member]) -> list[Holder]:
    groups = [Holder(code=one.code, name=one.name) for one in notice.organisation.groups]
    return [*(Holder(code=one.code, name=one.name) for one in columns), *groups]


async def _duties(session: AsyncSession, me: Actor, notice: Notice, units: list[Member], on: date) -> list[DutyOut]:
    """Every share that was ever entered, the latest first: what changed when is read here."""
    names = {**names_of(notice), **{one.code: one.name for one in units}}
    query = select(IndicatorDuty).order_by(
        IndicatorDuty.indicator_code, IndicatorDuty.requirement_code, IndicatorDuty.from_on.desc(), IndicatorDuty.id
    )
    return [
        DutyOut(
            id=row.id,
            indicator_code=row.indicator_code,
            requirement_code=row.requirement_code,
            holder=row.holder,
            holder_name=names.get(row.holder, row.holder),
            part=row.part,
            compiles=row.compiles,
            from_on=row.from_on,
            until_on=row.until_on,
            reason=row.reason,
            from_notice=not row.reason,
        )
        for row in await session.scalars(query)
        if not me.is_unit or any(one.id == me.unit_id for one in stand_for(row.holder, units, on))
    ]
