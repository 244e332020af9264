"""HTTP of letters: proposals, drafts, the signing chain, answers, the register, the last rung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import (
    DisqualificationOut,
    DraftApproval,
    DraftAssignment,
    DraftReport,
    DraftSupervision,
    LetterMove,
    LetterOut,
    LetterRow,
    Proposals,
    Revoke,
)
from schemas.messages import ChaseText
from schemas.wire import Page
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.letters import (
    chasing,
    circular_controllers,
    drafting,
    printing,
    proposing,
    queries,
    reporting,
    scans,
    service,
)
from server.letters.queries import WantedLetters
from server.letters.reply_codes import ReplyCodes
from server.letters.service import LetterListener
from server.paging import PageSize
from server.photos.desk import PhotoDesk
from server.routes import PHOTO_PROBLEMS, PROBLEMS, UPLOAD_PROBLEMS, SearchText, YearQuery, get, post, put

_OFFICE = allow(roles.OFFICE)
_SCANNERS = allow(roles.OFFICE, roles.GROUP_LEADER, roles.UNIT)
# Room for the framing of a body that is exactly as long as it may be.
_SCAN_LIMIT = scans.LARGEST_BYTES + 4096
_READERS = allow(roles.DISTRICT, roles.UNIT)
_MOVERS = allow(roles.OFFICE, roles.GROUP_LEADER, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]
Desk = NamedDependency[PhotoDesk]
Codes = NamedDependency[ReplyCodes]


@get("/proposals", guards=[allow(roles.OFFICE, roles.SUPERVISOR, roles.GROUP_LEADER)])
async def list_proposals(reader: Session) -> Proposals:
    """What the ladder proposes today; a person issues (R43)."""
    return await proposing.proposals(reader)


@post("/letters/assignments", guards=[_OFFICE])
async def draft_assignment(data: JSONBody[DraftAssignment], me: Me, writer: Session) -> LetterOut:
    """Draft a 交办函."""
    letter = await drafting.draft_assignment(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@post("/letters/supervisions", guards=[_OFFICE])
async def draft_supervision(data: JSONBody[DraftSupervision], me: Me, writer: Session) -> LetterOut:
    """Draft a 督办函."""
    letter = await drafting.draft_supervision(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@post("/letters/approvals", guards=[_OFFICE])
async def draft_approval(data: JSONBody[DraftApproval], me: Me, writer: Session) -> LetterOut:
    """Draft a 呈批件 to the group leader."""
    letter = await reporting.draft_approval(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@post("/letters/reports", guards=[_OFFICE])
async def draft_report(data: JSONBody[DraftReport], me: Me, writer: Session) -> LetterOut:
    """Draft a 情况报告 to 区文明办."""
    letter = await reporting.draft_report(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@get("/letters", guards=[_READERS])
async def list_letters(
    me: Me,
    reader: Session,
    kind: FromQuery[str | None] = None,
    stage: Annotated[str | None, QueryParameter(name="state")] = None,
    unit: FromQuery[str | None] = None,
    q: SearchText = None,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> Page[LetterRow]:
    """The register."""
    wanted = WantedLetters(kind=kind, state=stage, unit=unit, q=q, cursor=cursor, limit=limit)
    return await queries.list_letters(reader, me, wanted)


@get("/letters/{letter_id:str}", guards=[_READERS])
async def get_letter(letter_id: FromPath[str], me: Me, reader: Session, codes: Codes) -> LetterOut:
    """One letter."""
    return await queries.get_letter(reader, me, letter_id, codes=codes)


@post("/letters/{letter_id:str}/moves", guards=[_MOVERS], status_code=200)
async def move_letter(
    letter_id: FromPath[str],
    data: JSONBody[LetterMove],
    me: Me,
    writer: Session,
    codes: Codes,
    letter_listeners: NamedDependency[Sequence[LetterListener]],
) -> LetterOut:
    """Take one step on a letter; the same step again changes nothing."""
    letter = await service.move_letter(writer, letter_id, data, me=me, listeners=letter_listeners)
    await writer.flush()
    await codes.follow(writer, letter, me=me)
    return await queries.get_letter(writer, me, letter.id, codes=codes)


@get("/disqualifications", guards=[_READERS])
async def list_disqualifications(me: Me, reader: Session, year: YearQuery) -> list[DisqualificationOut]:
    """Who lost award eligibility in a year."""
    return await queries.list_disqualifications(reader, me, year)


@post("/disqualifications/{row_id:str}/revocation", guards=[allow(roles.GROUP_LEADER)], status_code=204)
async def revoke(row_id: FromPath[str], data: JSONBody[Revoke], me: Me, writer: Session) -> None:
    """Take a disqualification back: the group leader alone, with a reason."""
    await reporting.revoke(writer, row_id, reason=data.reason, me=me)


@get("/letters/{letter_id:str}/pdf", guards=[_READERS])
async def letter_pdf(letter_id: FromPath[str], me: Me, reader: Session, desk: Desk, codes: Codes) -> Response[bytes]:
    """The letter as PDF."""
    return _file(await printing.print_letter(reader, desk, me=me, letter_id=letter_id, form="pdf", codes=codes))


@get("/letters/{letter_id:str}/docx", guards=[_READERS])
async def letter_docx(letter_id: FromPath[str], me: Me, reader: Session, desk: Desk, codes: Codes) -> Response[bytes]:
    """The letter as DOCX."""
    return _file(await printing.print_letter(reader, desk, me=me, letter_id=letter_id, form="docx", codes=codes))


@get("/letters/{letter_id:str}/chase", guards=[_OFFICE])
async def chase_letter(
    letter_id: FromPath[str],
    reader: Session,
    language: NamedDependency[str],
    district: NamedDependency[District],
) -> ChaseText:
    """Words and photos with which a person chases the unit of a letter in the chat group."""
    url = district.settings.public_url
    return await chasing.chase_letter(reader, letter_id=letter_id, language=language, public_url=url)


@put(
    "/letter-scans/{sha256:str}",
    guards=[_SCANNERS],
    request_max_body_size=_SCAN_LIMIT,
    status_code=204,
    responses=PROBLEMS | {415: UPLOAD_PROBLEMS[415]},
)
async def keep_scan(
    sha256: FromPath[str], request: Request[Any, Any, Any], me: Me, district: NamedDependency[District]
) -> None:
    """Keep a scanned PDF under the hash of its bytes, to be named by a step; the same again changes nothing."""
    await scans.keep_scan(district, await request.body(), sha256=sha256, me=me)


@get("/letters/{letter_id:str}/scans/{sha256:str}", guards=[_READERS], responses=PHOTO_PROBLEMS)
async def letter_scan(
    letter_id: FromPath[str], sha256: FromPath[str], me: Me, reader: Session, desk: Desk
) -> Response[bytes]:
    """A scan that a step of a letter names: a PDF as it came, a picture as it fits a screen."""
    scan = await scans.read_scan(reader, desk, me=me, letter_id=letter_id, sha256=sha256)
    is_pdf = scan.media_type == "application/pdf"
    named = f'attachment; filename="{sha256[:12]}.pdf"' if is_pdf else "inline"
    headers = {"Content-Disposition": named, "Cache-Control": "private, max-age=31536000, immutable"}
    return Response(scan.content, media_type=scan.media_type, headers=headers)


def _file(printed: printing.Printed) -> Response[bytes]:
    headers = {"Content-Disposition": printed.disposition, "Cache-Control": "private, no-cache"}
    return Response(printed.content, media_type=printed.media_type, headers=headers)


router = Router(
    "/api",
    route_handlers=[
        list_proposals,
        draft_assignment,
        draft_supervision,
        draft_approval,
        draft_report,
        list_letters,
        get_letter,
        move_letter,
        list_disqualifications,
        revoke,
        letter_pdf,
        letter_docx,
        chase_letter,
        keep_scan,
        letter_scan,
        *circular_controllers.HANDLERS,
    ],
    tags=["letters"],
)
