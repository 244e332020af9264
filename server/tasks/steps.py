"""What each step does to a task. What gets here is allowed; its fields are checked and it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import ActionName, TaskStep
from server import clock
from server.auth import roles
from server.errors import FieldError, Unprocessable
from server.org.units import OF_THE_GROUP
from server.tasks import deadlines, numbering
from server.tasks.circumstances import Circumstances
from server.tasks.countersigning import countersign
from server.tasks.persons import PARTS, forget_persons, name_persons
from server.tasks.settling import settle_inspections, settle_recheck
from storage.database.models import Finding, PhotoUse, Task, Unit

_Step = Callable[[AsyncSession, Task, TaskStep, Circumstances], Awaitable[None]]


async def carry_out(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    """Change the task as the step says. Raises Unprocessable with every field that is wrong."""
    errors = await _faults(session, task, step, where)
    if errors:
        raise Unprocessable(errors=errors)
    await _STEPS[step.action](session, task, step, where)
    await settle_recheck(session, task, step, by=where.me, now=where.now)
    task.version += 1
    task.updated_at = where.now


async def _faults(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> list[FieldError]:
    errors = [
        FieldError(f"/{name}", code) for name, code in _NEEDED.get(step.action, {}).items() if not _text(step, name)
    ]
    if step.on_spot == "refuse" and not _text(step, "reason"):
        errors.append(FieldError("/reason", "reason-needed"))
    if step.action in ("extend", "ask_extension") and step.until is None:
        errors.append(FieldError("/until", "date-needed"))
    if step.action == "ask_extension" and where.today > task.due_on:
        errors.append(FieldError("/until", "asked-too-late"))
    # R87: no due date before the day on which it is set.
    errors += [
        FieldError(f"/{name}", "date-passed")
        for name, value in (("dueOn", step.due_on), ("until", step.until))
        if value is not None and value < where.today
    ]
    if step.unit_id is not None and not await is_member(session, step.unit_id, where.today):
        errors.append(FieldError("/unitId", "unit-unknown"))
    if step.action == "strike_off" and not await _has_proof(session, task, step, where):
        errors.append(FieldError("/photos", "proof-needed"))
    if step.action == "reply" and task.closing == "next_activity" and not _text(step, "measure"):
        errors.append(FieldError("/measure", "measure-needed"))
    if step.action == "reply" and where.me.role == roles.OFFICE:
        errors += _faults_of_paper(task, step, where)
    if step.action == "name_persons" and not any(getattr(step, part) is not None for part in PARTS):
        errors.append(FieldError("/resolver", "person-needed"))
    return errors


def _faults_of_paper(task: Task, step: TaskStep, where: Circumstances) -> list[FieldError]:
    """What came on paper is entered by the office with who signed it, its day and its scan (R95). It was written after
    the unit was told, and not in the future (R87).
    """
    errors = [] if _text(step, "signer") else [FieldError("/signer", "signer-needed")]
    told_on = clock.shanghai_date(task.confirmed_at) if task.confirmed_at else where.today
    if step.original_on is None:
        errors.append(FieldError("/originalOn", "date-needed"))
    elif not told_on <= step.original_on <= where.today:
        errors.append(FieldError("/originalOn", "paper-of-another-time"))
    return errors if step.photos else [*errors, FieldError("/photos", "paper-scan-needed")]


_NEEDED: Mapping[ActionName, Mapping[str, str]] = {
    "void": {"reason": "reason-needed"},
    "correct": {"reason": "reason-needed"},
    "return": {"reason": "reason-needed"},
    "extend": {"reason": "reason-needed"},
    "progress": {"text": "text-needed"},
    "ask_extension": {"reason": "reason-needed"},
    "refuse_extension": {"reason": "reason-needed"},
    "reply": {"text": "text-needed"},
    "not_seen": {"reason": "reason-needed"},
}


def _text(step: TaskStep, name: str) -> str:
    return (getattr(step, name) or "").strip()


async def is_member(session: AsyncSession, unit_id: str, on: date) -> bool:
    """Whether a unit can owe a task on a date: a lead unit, member or street of the group (R3)."""
    unit = await session.get(Unit, unit_id)
    if unit is None or unit.kind not in OF_THE_GROUP:
        return False
    return unit.member_from <= on and (unit.member_until is None or on <= unit.member_until)


async def _has_proof(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> bool:
    """An inspector brings a fresh photo; a desk may also rest on what the unit sent in (R41). What only the next
    activity can show is not shown by what was sent in before it.
    """
    if step.photos:
        return True
    if where.me.role == roles.INSPECTOR or task.closing == "next_activity":
        return False
    sent_in = select(PhotoUse.id).where(
        PhotoUse.task_id == task.id, PhotoUse.purpose.in_(("reply", "on_spot")), PhotoUse.state == "received"
    )
    return await session.scalar(sent_in.limit(1)) is not None


async def _confirm(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    if task.status == "draft":
        task.status = "open"
        task.number = await numbering.next_task_number(session, where.today.year)
        task.confirmed_at, task.confirmed_by = where.now, where.me.person_id
        _correct_fields(task, step)
        _set_deadline(task, step.due_on, where)
    drafts = list(await session.scalars(_findings(task).where(Finding.status == "draft")))
    await countersign(session, task, drafts, refused=step.on_spot == "refuse", where=where)
    for finding in drafts:
        finding.status = "confirmed"
        finding.unit_id, finding.severity = task.unit_id, step.severity or finding.severity
        finding.decided_at, finding.decided_by = where.now, where.me.person_id
    await settle_inspections(session, [finding.inspection_id for finding in drafts], by=where.me, now=where.now)


async def _correct(session: AsyncSession, task: Task, step: TaskStep, _where: Circumstances) -> None:
    _correct_fields(task, step)
    task.closing = step.closing or task.closing
    if step.due_on is not None:
        task.due_on, task.due_provisional = step.due_on, False
    for finding in await session.scalars(_findings(task).where(Finding.status != "void")):
        finding.unit_id, finding.severity = task.unit_id, task.severity


async def _void(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    """Void is per finding; the task is void when all its findings are (R41). On a closed task only sightings that
    came late are void, and it stays closed.
    """
    alive = list(await session.scalars(_findings(task).where(Finding.status != "void")))
    if task.status == "closed":
        alive = [finding for finding in alive if finding.status == "draft"]
    chosen = [finding for finding in alive if step.finding_id in (None, finding.id)]
    if step.finding_id is not None and not chosen:
        raise Unprocessable(errors=[FieldError("/findingId", "not-found", {"value": step.finding_id})])
    for finding in chosen:
        finding.status, finding.void_reason = "void", step.reason
        finding.decided_at, finding.decided_by = where.now, where.me.person_id
    if len(chosen) == len(alive) and task.status != "closed":
        task.status, task.closed_kind = "void", "void"
        task.closed_at, task.closed_by = where.now, where.me.person_id
    await settle_inspections(session, [finding.inspection_id for finding in chosen], by=where.me, now=where.now)


async def _progress(_session: AsyncSession, task: Task, _step: TaskStep, where: Circumstances) -> None:
    task.progressed_at = where.now


async def _reply(_session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    """It makes a request for more time idle. What came on paper is a reply of the paper's day (R95)."""
    task.status = "replied"
    came_on = step.original_on if where.me.role == roles.OFFICE else None
    on_paper = clock.end_of_day(came_on) - timedelta(seconds=1) if came_on else where.now
    task.replied_at, task.replied_by = min(on_paper, where.now), where.me.person_id
    task.return_proposed = False
    _give_back(task, where)


async def _return(_session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    task.status = "open"
    task.return_count += 1
    task.return_proposed = False
    task.replied_at, task.replied_by = None, None
    _set_deadline(task, step.due_on, where)


async def _strike_off(_session: AsyncSession, task: Task, _step: TaskStep, where: Circumstances) -> None:
    found_it = where.me.person_id in where.facts.finders
    task.status, task.closed_kind = "closed", "same_inspector" if found_it else "verified"
    task.closed_at, task.closed_by = where.now, where.me.person_id


async def _not_seen(_session: AsyncSession, _task: Task, _step: TaskStep, _where: Circumstances) -> None:
    """未能查看: nobody could look at it; the task waits as before."""


async def _extend(_session: AsyncSession, task: Task, step: TaskStep, _where: Circumstances) -> None:
    if step.until is not None:
        task.due_on, task.due_provisional = step.until, False
    _settle_request(task)


async def _acknowledge(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    """签收: the unit has seen it and may name who solves it, 解决人 (R14)."""
    task.acknowledged_at, task.acknowledged_by = where.now, where.me.person_id
    await name_persons(session, task, step, where.today)


async def _name_persons(session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    await name_persons(session, task, step, where.today)


async def _ask_extension(_session: AsyncSession, task: Task, step: TaskStep, where: Circumstances) -> None:
    """An extension is a request, asked before the due date; the clock stands still until it is decided (R41)."""
    task.extension_asked_at, task.extension_until_on, task.extension_reason = where.now, step.until, step.reason


async def _refuse_extension(_session: AsyncSession, task: Task, _step: TaskStep, where: Circumstances) -> None:
    _give_back(task, where)


def _give_back(task: Task, where: Circumstances) -> None:
    """A request that ends without a later date: the clock goes on where it stood still (R41)."""
    if task.extension_asked_at is not None:
        asked_on = clock.shanghai_date(task.extension_asked_at)
        task.due_on = deadlines.after_refusal(
            task.due_on, asked_on=asked_on, decided_on=where.today, calendar=where.calendar
        )
        task.due_provisional = task.due_provisional or where.calendar.is_provisional(where.today, task.due_on)
    _settle_request(task)


def _settle_request(task: Task) -> None:
    task.extension_asked_at, task.extension_until_on, task.extension_reason = None, None, None


_STEPS: Mapping[ActionName, _Step] = {
    "confirm": _confirm,
    "correct": _correct,
    "void": _void,
    "acknowledge": _acknowledge,
    "name_persons": _name_persons,
    "progress": _progress,
    "ask_extension": _ask_extension,
    "refuse_extension": _refuse_extension,
    "reply": _reply,
    "return": _return,
    "strike_off": _strike_off,
    "extend": _extend,
    "not_seen": _not_seen,
}


def _findings(task: Task) -> Select[Finding]:
    return select(Finding).where(Finding.task_id == task.id)


def _correct_fields(task: Task, step: TaskStep) -> None:
    if step.unit_id is not None and step.unit_id != task.unit_id:
        # No letter has told the other unit anything yet: it begins below the ladder, no rung is skipped (R42).
        task.unit_id, task.rung = step.unit_id, "none"
        forget_persons(task)
    if step.severity is not None:
        task.severity = step.severity


def _set_deadline(task: Task, due_on: date | None, where: Circumstances) -> None:
    counted = deadlines.deadline(where.today, task.working_days, where.calendar)
    task.due_on = due_on or counted.due_on
    task.due_provisional = due_on is None and counted.provisional
