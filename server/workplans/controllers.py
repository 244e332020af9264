"""HTTP of plans and regular reporting."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.wire import Page
from schemas.workplans import (
    ChaseWords,
    HighlightIn,
    HighlightOut,
    HighlightVerdict,
    Period,
    SummaryDecision,
    SummaryDuty,
    SummaryIn,
    SummaryKind,
    SummaryList,
    SummaryOut,
    TemplateIn,
)
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.documents.forms import Form
from server.headers import private_file
from server.paging import PageSize
from server.routes import get, post, put
from server.workplans import chasing, highlights, queries, reporting, service

_OFFICE = allow(roles.OFFICE)
_UNIT = allow(roles.UNIT)
_READERS = allow(roles.DISTRICT)
_EVERYBODY = allow(roles.DISTRICT, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]
_Form = Annotated[Form, QueryParameter()]


@get("/summaries", guards=[_READERS])
async def list_summaries(
    me: Me, reader: Session, kind: FromQuery[SummaryKind], period: FromQuery[Period]
) -> SummaryList:
    """How every unit stands with a week's or a month's summary."""
    return await queries.list_summaries(reader, me, kind=kind, period=period)


@get("/summaries/own", guards=[_UNIT])
async def own_duties(me: Me, reader: Session) -> list[SummaryDuty]:
    """What one's own unit owes about now, and what it handed in."""
    return await queries.own_duties(reader, me)


@get("/summaries/versions", guards=[_EVERYBODY])
async def list_versions(
    me: Me, reader: Session, unit: FromQuery[str], kind: FromQuery[SummaryKind], period: FromQuery[Period]
) -> list[SummaryOut]:
    """Every version of a unit's summary, the latest first."""
    return await queries.list_versions(reader, me, unit_id=unit, kind=kind, period=period)


@get("/summaries/chase", guards=[_OFFICE])
async def chase_words(
    me: Me,
    reader: Session,
    kind: FromQuery[SummaryKind],
    period: FromQuery[Period],
    language: NamedDependency[str],
    district: NamedDependency[District],
) -> ChaseWords:
    """Words that name who has not handed in."""
    url = district.settings.public_url
    return await chasing.chase_words(reader, me, kind=kind, period=period, language=language, public_url=url)


@put("/summaries/{summary_id:str}", guards=[allow(roles.UNIT, roles.OFFICE)], status_code=200)
async def hand_in(
    summary_id: FromPath[str], data: JSONBody[SummaryIn], me: Me, writer: Session
) -> Response[SummaryOut]:
    """Hand in a summary under an id of the page's own (201); the same again changes nothing."""
    is_new = await service.hand_in(writer, summary_id, data, me=me)
    return Response(await _shown(writer, me, summary_id, data), status_code=201 if is_new else 200)


async def _shown(writer: AsyncSession, me: Actor, summary_id: str, data: SummaryIn) -> SummaryOut:
    await writer.flush()
    unit_id = data.unit_id or me.unit_id or ""
    sent = await queries.list_versions(writer, me, unit_id=unit_id, kind=data.kind, period=data.period)
    return next(one for one in sent if one.id == summary_id)


@post("/summaries/{summary_id:str}/decision", guards=[_OFFICE], status_code=204)
async def decide(summary_id: FromPath[str], data: JSONBody[SummaryDecision], me: Me, writer: Session) -> None:
    """Take a summary, or send it back with a reason."""
    await service.decide(writer, summary_id, data, me=me)


@put("/summary-templates/{template_id:str}", guards=[_OFFICE], status_code=204)
async def enter_template(template_id: FromPath[str], data: JSONBody[TemplateIn], me: Me, writer: Session) -> None:
    """Enter what summaries must say from now on."""
    await service.enter_template(writer, template_id, data, me=me)


@get("/summary-report", guards=[_READERS])
async def summary_report(
    reader: Session, kind: FromQuery[SummaryKind], period: FromQuery[Period], form: _Form
) -> Response[bytes]:
    """The group's report of a week or a month, drafted from the units' summaries, as PDF or DOCX."""
    report = await reporting.print_report(reader, kind=kind, period=period, form=form)
    return Response(report.content, media_type=report.media_type, headers=private_file(report.name))


@get("/highlights", guards=[_EVERYBODY])
async def list_highlights(
    me: Me, reader: Session, cursor: FromQuery[str | None] = None, limit: PageSize = 50
) -> Page[HighlightOut]:
    """What units recommended, the newest first."""
    return await highlights.list_highlights(reader, me, cursor=cursor, limit=limit)


@put("/highlights/{highlight_id:str}", guards=[_UNIT], status_code=204)
async def recommend(highlight_id: FromPath[str], data: JSONBody[HighlightIn], me: Me, writer: Session) -> None:
    """Recommend a good practice or a model."""
    await highlights.recommend(writer, highlight_id, data, me=me)


@post("/highlights/{highlight_id:str}/verdict", guards=[_OFFICE], status_code=204)
async def judge(highlight_id: FromPath[str], data: JSONBody[HighlightVerdict], me: Me, writer: Session) -> None:
    """Adopt what was recommended, or decline it with a reason."""
    await highlights.judge(writer, highlight_id, data, me=me)


router = Router(
    "/api",
    route_handlers=[
        list_summaries,
        own_duties,
        list_versions,
        chase_words,
        hand_in,
        decide,
        enter_template,
        summary_report,
        list_highlights,
        recommend,
        judge,
    ],
    tags=["work plans"],
)
