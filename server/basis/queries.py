"""The basis library: what the notice names, and what the office added (R90)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.basis import BasisOut, Citing
from server import clock
from server.basis.citing import rows_citing
from server.matrix.notice import Indicator, indicators
from server.matrix.queries import notice_on
from server.matrix.shape import Cite
from storage.database.models import BasisDocument, Person


async def list_basis(session: AsyncSession) -> list[BasisOut]:
    """Every paper in its newest version: those of the notice in its order, present or missing, then the others."""
    notice = await notice_on(session, clock.today())
    rows = indicators(notice)
    query = (
        select(BasisDocument, Person.name)
        .join(Person, Person.id == BasisDocument.entered_by)
        .order_by(BasisDocument.code, BasisDocument.version)
    )
    newest = {paper.code: (paper, name) for paper, name in await session.execute(query)}
    cites = {cite.code: cite for cite in notice.source.cites}
    codes = [*cites, *(code for code in newest if code not in cites)]
    return [_out(code, cites.get(code), newest.get(code), rows) for code in codes]


def _out(code: str, cite: Cite | None, entered: tuple[BasisDocument, str] | None, rows: list[Indicator]) -> BasisOut:
    paper, by_name = entered or (None, "")
    citing = set(rows_citing(cite, rows) if cite else []) | set(paper.indicators if paper else [])
    return BasisOut(
        id=paper.id if paper else None,
        code=code,
        title=paper.title if paper else cite.title if cite else "",
        number=paper.number if paper else (cite.number or "") if cite else "",
        issuer=paper.issuer if paper else "",
        issued_on=paper.issued_on if paper else None,
        url=paper.url if paper else "",
        has_scan=paper is not None and paper.scan is not None,
        missing=paper is None or (paper.scan is None and not paper.url),
        named=cite is not None,
        version=paper.version if paper else 0,
        cited_by=[Citing(code=row.code, name=row.name) for row in rows if row.code in citing],
        entered_at=paper.entered_at if paper else None,
        entered_by=by_name,
    )
