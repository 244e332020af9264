"""The group's report of a week or a month for 区文明办, drafted from what the units handed in (R94)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import Document
from schemas.workplans import SummaryKind, SummaryOut
from server import clock
from server.documents.composing.facts import Frame, Issuer
from server.documents.composing.work_summary import Shining, UnitWork, WorkSummary, compose_work_summary
from server.documents.forms import MEDIA_TYPES, RENDERERS, Form
from server.documents.turn import PRINTING
from server.org.rules import Rules
from server.workplans.periods import Span, period_params
from server.workplans.queries import asked_span, terms, units_owing, versions
from storage.database.models import Highlight, Unit


@dataclass(frozen=True, slots=True)
class Report:
    """A finished file, its media type, and the name that it is saved under."""

    content: bytes
    media_type: str
    name: str


async def print_report(session: AsyncSession, *, kind: SummaryKind, period: str, form: Form) -> Report:
    """The report as a file, marked as a draft: the office reads it over before it goes out. Raises Unprocessable."""
    document = await draft_report(session, kind=kind, period=period)
    await session.close()  # the database is let go: typesetting takes its time
    async with PRINTING:
        content = await asyncio.to_thread(RENDERERS[form], document, {})
    return Report(content, MEDIA_TYPES[form], f"{document.title}.{form}")


async def draft_report(session: AsyncSession, *, kind: SummaryKind, period: str) -> Document:
    """What the report says: every unit's words, and by name who handed in late, nothing to tell, or not at all."""
    span, counted = asked_span(kind, period), await terms(session)
    found = await versions(session, span, counted)
    units, missing, returned = [], [], []
    for unit in await units_owing(session, span):
        sent = found[unit.id]
        if not sent:
            missing.append(unit.name)
        elif sent[0].decision == "returned":
            returned.append(unit.name)
        else:
            units.append(_work(unit.name, sent))
    named = period_params(span.period)
    return compose_work_summary(
        WorkSummary(
            frame=_frame(counted.rules),
            addressees=(counted.rules.civility_office,),
            group=counted.rules.group_name,
            year=named["year"],
            week=named["number"] if kind == "week" else None,
            month=named["number"] if kind == "month" else None,
            start=span.from_on,
            end=span.until_on,
            units=tuple(units),
            missing=tuple(missing),
            returned=tuple(returned),
            shining=await _adopted(session, span),
        )
    )


def _work(name: str, sent: list[SummaryOut]) -> UnitWork:
    latest = sent[0]
    progress = [f"{one.name}：{one.text}" for one in latest.progress]
    return UnitWork(
        unit=name,
        done=(*_lines(latest.done), *progress),
        problems=_lines(latest.problems),
        next_steps=_lines(latest.next_steps),
        highlights=_lines(latest.highlights),
        nil=latest.nil,
        late=sent[-1].late,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _frame(rules: Rules) -> Frame:
    issuer = Issuer(
        name=rules.group_name,
        code=rules.report_code,
        proxy_seal=rules.seal_by_lead_unit,
        imprint_office=rules.office_name,
    )
    return Frame(issuer=issuer, year=clock.today().year, status="draft")


async def _adopted(session: AsyncSession, span: Span) -> tuple[Shining, ...]:
    """What was adopted of the period (R18), in the order in which it happened."""
    query = (
        select(Unit.name, Highlight.title, Highlight.text)
        .join(Unit, Unit.id == Highlight.unit_id)
        .where(Highlight.verdict == "adopted", Highlight.on >= span.from_on, Highlight.on <= span.until_on)
        .order_by(Highlight.on, Highlight.id)
    )
    return tuple(Shining(name, title, text) for name, title, text in await session.execute(query))
