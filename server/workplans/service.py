"""Handing in, taking and sending back weekly and monthly summaries (R16, R17). Nothing is overwritten."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.workplans import SummaryDecision, SummaryIn, TemplateIn
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.matrix.queries import indicators_on
from server.messages.recipients import unit_recipients
from server.messages.service import notify
from server.org.units import OF_THE_GROUP
from server.workplans.errors import SummaryAccepted, SummaryDecided, SummaryDiffers, TemplateDiffers
from server.workplans.periods import Span, period_params, span_of
from storage.database.models import Summary, SummaryTemplate, Unit


async def hand_in(session: AsyncSession, summary_id: str, asked: SummaryIn, *, me: Actor) -> bool:
    """Hand in a summary as the period's next version; whether it is new. The same again changes nothing.

    Before the office has taken it a further one takes its place; afterwards only a correction with its reason follows,
    and waits for the office again (R16). Raises SummaryDiffers, SummaryAccepted, NotAllowed, Unprocessable.
    """
    if not ids.is_uuid(summary_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    unit_id, told = _unit_of(asked, me), digest(asked)
    # Whoever hands in for a unit waits for whoever does so at the same moment: their numbers follow each other.
    unit = await session.scalar(select(Unit).where(Unit.id == unit_id).with_for_update())
    known = await session.get(Summary, summary_id)
    if known is not None:
        if (known.unit_id, known.body_sha256) != (unit_id, told):
            raise SummaryDiffers
        return False
    await _check(session, asked, unit)
    latest = await latest_of(session, unit_id, asked)
    if latest is not None and latest.decision == "accepted" and not asked.correction.strip():
        raise SummaryAccepted
    summary = Summary(
        id=summary_id,
        unit_id=unit_id,
        kind=asked.kind,
        period=asked.period,
        number=latest.number + 1 if latest else 1,
        template_version=await template_version(session, asked.kind),
        content=content_of(asked),
        body_sha256=told,
        correction=asked.correction.strip(),
        entered_from=asked.entered_from.strip(),
        sent_at=clock.now(),
        sent_by=me.person_id,
    )
    session.add(summary)
    detail = {"kind": asked.kind, "period": asked.period, "number": summary.number, "body": told}
    if me.role == roles.OFFICE:
        detail |= {"enteredFor": unit_id}
    audit.record(session, actor=me, action="hand_in_summary", subject=("summary", summary_id), detail=detail)
    return True


def _unit_of(asked: SummaryIn, me: Actor) -> str:
    """Whose summary it is: a unit's person hands in the own one, the office enters one that came on paper (R95)."""
    if me.role == roles.OFFICE:
        errors = [FieldError("/unitId", "required")] if asked.unit_id is None else []
        if not asked.entered_from.strip():
            errors.append(FieldError("/enteredFrom", "summary-source"))
        if errors or asked.unit_id is None:
            raise Unprocessable(errors=errors)
        return asked.unit_id
    if me.unit_id is None or asked.unit_id not in (None, me.unit_id) or asked.entered_from.strip():
        raise NotAllowed
    return me.unit_id


async def _check(session: AsyncSession, asked: SummaryIn, unit: Unit | None) -> None:
    span, errors = span_of(asked.kind, asked.period), []
    if span is None:
        errors.append(FieldError("/period", "period-unknown"))
    elif span.from_on > clock.today():
        errors.append(FieldError("/period", "period-ahead"))
    if unit is None or (span is not None and not owes(unit, span)):
        errors.append(FieldError("/unitId", "summary-unit"))
    words = [asked.done, asked.problems, asked.next_steps, asked.highlights, *(one.text for one in asked.progress)]
    if any(word.strip() for word in words) == asked.nil:
        errors.append(FieldError("/nil" if asked.nil else "/done", "summary-nil" if asked.nil else "summary-empty"))
    known = {row.code for row in await indicators_on(session, clock.today())}
    for place, one in enumerate(asked.progress):
        if one.indicator_code not in known:
            errors.append(FieldError(f"/progress/{place}/indicatorCode", "indicator-unknown"))
    if errors:
        raise Unprocessable(errors=errors)


def owes(unit: Unit, span: Span) -> bool:
    """Whether a unit was of the group on a day of the period (R16)."""
    ends_before = unit.member_until is not None and unit.member_until < span.from_on
    return unit.kind in OF_THE_GROUP and unit.member_from <= span.until_on and not ends_before


async def latest_of(session: AsyncSession, unit_id: str, asked: SummaryIn) -> Summary | None:
    """The version that holds for a unit and a period."""
    query = select(Summary).where(
        Summary.unit_id == unit_id, Summary.kind == asked.kind, Summary.period == asked.period
    )
    found: Summary | None = await session.scalar(query.order_by(Summary.number.desc()).limit(1))
    return found


def content_of(asked: SummaryIn) -> dict[str, Any]:
    """The words of a summary as they are kept."""
    return {
        "nil": asked.nil,
        "done": asked.done.strip(),
        "problems": asked.problems.strip(),
        "nextSteps": asked.next_steps.strip(),
        "highlights": asked.highlights.strip(),
        "progress": msgspec.to_builtins(asked.progress),
    }


async def template_version(session: AsyncSession, kind: str) -> int:
    """The version of the demands that hold now; 0 where none were entered (R17)."""
    query = select(func.max(SummaryTemplate.version)).where(SummaryTemplate.kind == kind)
    return await session.scalar(query) or 0


async def decide(session: AsyncSession, summary_id: str, asked: SummaryDecision, *, me: Actor) -> None:
    """Take a summary, or send it back with a reason; its unit is told at once. The same again changes nothing.

    Raises NotFound, SummaryDecided, Unprocessable.
    """
    unit_id = await session.scalar(select(Summary.unit_id).where(Summary.id == summary_id))
    if unit_id is None:
        raise NotFound
    # In the order of handing in: first the unit, then its summaries.
    await session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    summary = await session.get_one(Summary, summary_id, populate_existing=True)
    if (summary.decision, summary.reason) == (asked.decision, asked.reason.strip()):
        return
    newer = select(Summary.id).where(
        Summary.unit_id == unit_id,
        Summary.kind == summary.kind,
        Summary.period == summary.period,
        Summary.number > summary.number,
    )
    if summary.decision is not None or await session.scalar(newer.limit(1)) is not None:
        raise SummaryDecided
    if asked.decision == "returned" and not asked.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "required")])
    summary.decision, summary.reason = asked.decision, asked.reason.strip()
    summary.decided_at, summary.decided_by = clock.now(), me.person_id
    detail = {"decision": asked.decision, "reason": summary.reason}
    audit.record(session, actor=me, action="decide_summary", subject=("summary", summary_id), detail=detail)
    if asked.decision == "returned":
        people = await unit_recipients(session, unit_id, clock.today(), roles.LIAISON, roles.DATA_OFFICER)
        await notify(
            session,
            to=people,
            kind=f"summary-returned-{summary.kind}",
            params=period_params(summary.period),
            link="/summaries",
            dedupe_key=f"summary-returned:{summary_id}",
            at_once=True,
        )


async def enter_template(session: AsyncSession, template_id: str, asked: TemplateIn, *, me: Actor) -> bool:
    """Enter what 区文明办 demands of summaries from now on (R17); whether it is new. Raises TemplateDiffers."""
    if not ids.is_uuid(template_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    known = await session.get(SummaryTemplate, template_id)
    if known is not None:
        if (known.kind, known.requirements, known.source) != (asked.kind, asked.requirements.strip(), asked.source):
            raise TemplateDiffers
        return False
    if not asked.requirements.strip():
        raise Unprocessable(errors=[FieldError("/requirements", "required")])
    template = SummaryTemplate(
        id=template_id,
        kind=asked.kind,
        version=await template_version(session, asked.kind) + 1,
        requirements=asked.requirements.strip(),
        source=asked.source,
        entered_at=clock.now(),
        entered_by=me.person_id,
    )
    session.add(template)
    audit.record(
        session,
        actor=me,
        action="enter_summary_template",
        subject=("summary_template", template_id),
        detail={"kind": asked.kind, "version": template.version},
    )
    return True
