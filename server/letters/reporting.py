"""The last rung: the sheet to the group leader, the report to 区文明办, the loss of award eligibility (R47, R48)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import DraftApproval, DraftReport
from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.catalogue import text
from server.documents.composing.escalation import Approval, Case, SituationReport
from server.errors import NotFound
from server.letters import facts, gathering
from server.letters.drafting import new_letter
from server.letters.errors import LetterMoveRefused, NoDecision, NoGround
from server.letters.escalation import earns_report
from server.org import calendar
from server.org.settings import current_rules
from server.tasks import lookups
from storage.database.models import Disqualification, Letter, LetterTask, Task, Unit


async def draft_approval(session: AsyncSession, asked: DraftApproval, *, me: Actor) -> Letter:
    """The 呈批件 about a 督办函 whose deadline passed without accepted progress (R47). Raises NotFound, NoGround."""
    parent = await _locked(session, asked.letter_id, "supervision")
    today = clock.today()
    known = next(iter(await facts.supervision_letters(session, letter_id=parent.id)), None)
    if known is None or not earns_report(known, today=today):
        raise NoGround
    rules = await current_rules(session)
    told = Approval(
        frame=gathering.frame_of(rules, code=rules.approval_code, year=today.year, contact=None),
        leader=rules.leader_title,
        case=await _case(session, parent),
        year=today.year,
        drafter=me.name,
    )
    letter = new_letter("approval", told, code=rules.approval_code, unit_id=parent.unit_id, reply_due_on=None, me=me)
    letter.parent_id = parent.id
    return await _add(session, letter, me)


async def draft_report(session: AsyncSession, asked: DraftReport, *, me: Actor) -> Letter:
    """The 情况报告 to 区文明办; it states the decision either way (R47). One report a decision.
    Raises NotFound, NoDecision, LetterMoveRefused."""
    approval = await _locked(session, asked.letter_id, "approval")
    if approval.decision is None or approval.closed_at is None:
        raise NoDecision
    if approval.parent_id is None:
        raise NotFound
    told_already = select(Letter.id).where(Letter.parent_id == approval.id, Letter.kind == "situation_report")
    if await session.scalar(told_already.where(Letter.state != "cancelled").limit(1)) is not None:
        raise LetterMoveRefused
    supervision = await session.get_one(Letter, approval.parent_id)
    rules, today = await current_rules(session), clock.today()
    told = SituationReport(
        frame=gathering.frame_of(rules, code=rules.report_code, year=today.year, contact=None),
        addressee=rules.civility_office,
        case=await _case(session, supervision),
        leader=rules.leader_title,
        decided_on=clock.shanghai_date(approval.closed_at),
        approved=approval.decision == "approved",
        year=clock.shanghai_date(approval.created_at).year,
    )
    letter = new_letter(
        "situation_report", told, code=rules.report_code, unit_id=approval.unit_id, reply_due_on=None, me=me
    )
    letter.parent_id = approval.id
    return await _add(session, letter, me)


async def _locked(session: AsyncSession, letter_id: str, kind: str) -> Letter:
    letter = await session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None or letter.kind != kind:
        raise NotFound
    return letter


async def _add(session: AsyncSession, letter: Letter, me: Actor) -> Letter:
    session.add(letter)
    await session.flush()
    detail = {"kind": letter.kind, "content": letter.content_sha256, "parent": letter.parent_id}
    audit.record(session, actor=me, action="draft_letter", subject=("letter", letter.id), detail=detail)
    return letter


async def _case(session: AsyncSession, supervision: Letter) -> Case:
    """What happened, with both letters' numbers and dates."""
    if supervision.parent_id is None:
        raise NotFound
    assignment = await session.get_one(Letter, supervision.parent_id)
    unit = await session.get_one(Unit, supervision.unit_id)
    listed = (
        lookups.with_place(select(Task, lookups.PLACE).join(LetterTask, LetterTask.task_id == Task.id))
        .where(LetterTask.letter_id == supervision.id)
        .order_by(Task.due_on, Task.id)
    )
    rows = (await session.execute(listed)).all()
    today = clock.today()
    work_calendar = await calendar.load(session)
    answers = (await facts.answers_of(session, [assignment.id]))[assignment.id]
    return Case(
        unit=unit.name,
        subject=str(assignment.content["facts"]["subject"]),
        assigned=gathering.quoted(assignment),
        supervised=gathering.quoted(supervision),
        ground=text("words", f"ground-{supervision.ground or 'silent'}", "zh-CN", {}),
        as_of=today,
        overdue_days=work_calendar.working_days_between(supervision.reply_due_on or today, today),
        tasks=len(rows),
        open_problems=tuple((site, task.problem) for task, site in rows if task.status in ("open", "replied")),
        replies=text("words", "replies-some", "zh-CN", {}) if answers else "",
    )


async def disqualify(session: AsyncSession, approval: Letter, *, decided_by: str, me: Actor) -> None:
    """取消评优评选资格 of the unit for the year, effective with the leader's decision (R47)."""
    year = clock.shanghai_date(approval.created_at).year
    row = Disqualification(
        id=ids.uuid7(),
        unit_id=approval.unit_id or "",
        year=year,
        letter_id=approval.id,
        effective_at=clock.now(),
        decided_by=decided_by,
    )
    session.add(row)
    detail = {"unit": approval.unit_id, "year": year, "letter": approval.id}
    audit.record(session, actor=me, action="disqualify", subject=("disqualification", row.id), detail=detail)


async def revoke(session: AsyncSession, disqualification_id: str, *, reason: str, me: Actor) -> None:
    """Take a disqualification back: the group leader alone, with a reason; both stay in history (R47).

    Raises NotFound for one that is absent or revoked already.
    """
    row = await session.get(Disqualification, disqualification_id, with_for_update=True)
    if row is None or row.revoked_at is not None:
        raise NotFound
    row.revoked_at, row.revoked_by, row.revocation_reason = clock.now(), me.person_id, reason
    audit.record(session, actor=me, action="revoke_disqualification", subject=("disqualification", row.id))


async def is_disqualified(session: AsyncSession, unit_id: str, year: int) -> bool:
    """Whether a unit is excluded from every award list of a year that a unit can hold (R48)."""
    query = select(Disqualification.id).where(
        Disqualification.unit_id == unit_id, Disqualification.year == year, Disqualification.revoked_at.is_(None)
    )
    return await session.scalar(query.limit(1)) is not None
