"""Entering the papers that the work rests on (R90). A further version never overwrites one before."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.basis import BasisIn
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.basis.errors import BasisDiffers
from server.district import District
from server.errors import FieldError, NotFound, Unprocessable
from server.letters.scans import kept_pdf
from server.matrix.queries import indicators_on
from server.matrix.service import hold_matrix
from storage.database.models import BasisDocument, LetterScan


async def enter_basis(session: AsyncSession, basis_id: str, asked: BasisIn, *, me: Actor) -> bool:
    """Enter a paper or its next version; whether it is new. Without a new scan the one before stays with it.

    The same again changes nothing. Raises BasisDiffers, Unprocessable.
    """
    told = digest(asked)
    known = await session.get(BasisDocument, basis_id)
    if known is not None:
        if known.body_sha256 != told:
            raise BasisDiffers
        return False
    await _check(session, basis_id, asked)
    await hold_matrix(session)  # two versions at once follow each other
    newest = select(BasisDocument).where(BasisDocument.code == asked.code).order_by(BasisDocument.version.desc())
    before = await session.scalar(newest.limit(1))
    paper = BasisDocument(
        id=basis_id,
        code=asked.code,
        version=before.version + 1 if before else 1,
        title=asked.title.strip(),
        number=asked.number.strip(),
        issuer=asked.issuer.strip(),
        issued_on=asked.issued_on,
        url=asked.url.strip(),
        scan=asked.scan or (before.scan if before else None),
        indicators=list(dict.fromkeys(asked.indicators)),
        entered_at=clock.now(),
        entered_by=me.person_id,
        body_sha256=told,
    )
    session.add(paper)
    detail = {"code": asked.code, "version": paper.version, "body": told}
    audit.record(session, actor=me, action="enter_basis", subject=("basis", basis_id), detail=detail)
    return True


async def _check(session: AsyncSession, basis_id: str, asked: BasisIn) -> None:
    errors = [] if ids.is_uuid(basis_id) else [FieldError("/id", "bad-id")]
    if not asked.title.strip():
        errors.append(FieldError("/title", "required"))
    if asked.issued_on is not None and asked.issued_on > clock.today():
        errors.append(FieldError("/issuedOn", "basis-ahead"))
    if asked.url.strip() and not _is_web(asked.url.strip()):
        errors.append(FieldError("/url", "basis-url"))
    if asked.scan is not None and await session.get(LetterScan, asked.scan) is None:
        errors.append(FieldError("/scan", "basis-scan"))
    known = {row.code for row in await indicators_on(session, clock.today())}
    for place, code in enumerate(asked.indicators):
        if code not in known:
            errors.append(FieldError(f"/indicators/{place}", "indicator-unknown"))
    if errors:
        raise Unprocessable(errors=errors)


def _is_web(address: str) -> bool:
    """A page shows it as a link, so nothing but the web's own schemes may stand there."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


async def read_scan(session: AsyncSession, district: District, basis_id: str) -> tuple[bytes, str]:
    """A paper's PDF and the name it is saved under. Raises NotFound, StoreAway."""
    paper = await session.get(BasisDocument, basis_id)
    if paper is None or paper.scan is None:
        raise NotFound
    name, sha256 = f"{paper.number} {paper.title}.pdf".strip(), paper.scan
    await session.close()  # the database is let go: the store may take its time
    return await kept_pdf(district, sha256), name
