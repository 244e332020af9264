"""What the ladder proposes today, with its reasons. Computed from the rows each time: nothing can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import AssignmentProposal, Proposals, ReasonOut, ReportProposal, SupervisionProposalOut
from server import clock
from server.letters import circulars, facts
from server.letters.escalation import Batch, earns_report, propose_assignments, propose_supervision
from server.letters.numbering import printed_number
from server.org import calendar
from server.org.settings import current_rules
from server.tasks import lookups
from storage.database.models import Letter, Task


async def proposals(session: AsyncSession) -> Proposals:
    """Letters that have been earned and not been drafted (R43, R46, R47)."""
    today = clock.today()
    rules, work_calendar = await current_rules(session), await calendar.load(session)
    batches = propose_assignments(await facts.task_facts(session), today=today, calendar=work_calendar, rules=rules)
    followups = propose_supervision(await facts.issued_letters(session), today=today, calendar=work_calendar)
    last = [one for one in await facts.supervision_letters(session) if earns_report(one, today=today)]
    unit_ids = [b.unit_id for b in batches] + [f.unit_id for f in followups] + [one.unit_id for one in last]
    units = await lookups.unit_names(session, unit_ids)
    letters = await _letters(session, [f.letter_id for f in followups] + [one.id for one in last])
    return Proposals(
        assignments=await _assignments(session, batches, units),
        supervisions=[
            SupervisionProposalOut(
                letter_id=one.letter_id,
                letter_number=printed_number(letters[one.letter_id]) or "",
                unit_id=one.unit_id,
                unit_name=units[one.unit_id],
                ground=one.ground,
                overdue_days=one.overdue_days,
                tasks=len(one.tasks),
            )
            for one in followups
        ],
        reports=[
            ReportProposal(
                letter_id=one.id,
                letter_number=printed_number(letters[one.id]) or "",
                unit_id=one.unit_id,
                unit_name=units[one.unit_id],
                due_on=one.due_on,
                tasks=len(one.open_tasks),
            )
            for one in last
        ],
        circulars=await circulars.proposed(session),
    )


async def _letters(session: AsyncSession, ids: Iterable[str]) -> dict[str, Letter]:
    return {row.id: row for row in await session.scalars(select(Letter).where(Letter.id.in_(set(ids))))}


async def _assignments(
    session: AsyncSession, batches: Iterable[Batch], units: dict[str, str]
) -> list[AssignmentProposal]:
    listed = list(batches)
    ids = [reason.task_id for batch in listed for reason in batch.reasons]
    query = lookups.with_place(select(Task, lookups.PLACE)).where(Task.id.in_(ids))
    rows = {task.id: (task, site) for task, site in await session.execute(query)}
    return [
        AssignmentProposal(
            unit_id=batch.unit_id,
            unit_name=units[batch.unit_id],
            tasks=[
                ReasonOut(
                    task_id=reason.task_id,
                    task_number=rows[reason.task_id][0].number,
                    site_name=rows[reason.task_id][1],
                    problem=rows[reason.task_id][0].problem,
                    due_on=rows[reason.task_id][0].due_on,
                    trigger=reason.trigger,
                    days=reason.days,
                )
                for reason in batch.reasons
            ],
        )
        for batch in listed
    ]
