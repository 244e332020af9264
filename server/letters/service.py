"""Moving a letter along its chain, and answering it. Each move is kept; nothing is skipped (R42)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import Document
from schemas.letters import LetterMove
from schemas.tasks import Rung
from server import clock
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.documents.checks import lacks
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.letters import answering, distributing, reporting, telling
from server.letters.claiming import claim_scan
from server.letters.content import Finish, compose
from server.letters.errors import LetterMoveRefused, LetterVersionDiffers, MoveDiffers
from server.letters.noting import note_step
from server.letters.numbering import next_letter_number
from server.letters.signing import MAY, LetterAction, next_state
from server.messages.recipients import role_recipients
from storage.database.models import Letter, LetterStep, LetterTask, Person, Task

_ANSWERS = frozenset({"reply", "ask_for_time", "agree", "accept_progress", "deliver", "chase"})


LetterListener = Callable[[AsyncSession, Letter, LetterMove, Actor], Awaitable[None]]
"""Is told of each step in the transaction that takes it."""


async def move_letter(
    session: AsyncSession, letter_id: str, move: LetterMove, *, me: Actor, listeners: Sequence[LetterListener] = ()
) -> Letter:
    """Take one step on a letter. The same id and body again changes nothing.

    Raises NotFound, NotAllowed, MoveDiffers, LetterVersionDiffers, LetterMoveRefused, ExtensionSpent, Unprocessable.
    """
    letter = await session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None or not may_see(letter, me):
        raise NotFound
    earlier = await session.get(LetterStep, move.id)
    if earlier is not None:
        if earlier.letter_id != letter.id or earlier.body_sha256 != digest(move):
            raise MoveDiffers
        return letter
    if move.version is not None and move.version != letter.version:
        raise LetterVersionDiffers
    if move.scan is not None:
        await claim_scan(session, move.scan, me=me)
    if move.action in _ANSWERS:
        await answering.answer(session, letter, move, me=me)
        entered_for = letter.unit_id if move.action in ("reply", "ask_for_time") and me.role == roles.OFFICE else None
    else:
        decided_by = await _advance(session, letter, move, me=me)
        entered_for = decided_by if decided_by != me.person_id else None
    letter.version += 1
    _keep(session, letter, move, me=me, entered_for=entered_for)
    await telling.tell_step(session, letter, move)
    await distributing.send_round(session, letter, move)
    for listener in listeners:
        await listener(session, letter, move, me)
    return letter


def may_see(letter: Letter, me: Actor) -> bool:
    """District roles see the register; a unit sees its own letters from their issue on (R8)."""
    if me.role in roles.DISTRICT:
        return True
    issued = letter.state in ("issued", "sealed", "archived")
    return me.role in roles.UNIT and letter.unit_id == me.unit_id and issued and letter.kind != "approval"


async def _advance(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> str | None:
    """Take a step of the chain; whose decision it was, where it was one."""
    action: LetterAction = move.action  # type: ignore[assignment]
    if me.role not in MAY[action]:
        raise NotAllowed
    following = next_state(letter.kind, letter.state, action)
    if following is None or (action == "archive" and await _still_runs(session, letter)):
        raise LetterMoveRefused
    letter.state = following
    if action in ("sign", "submit"):
        await _sign(session, letter, me=me)
    elif action == "issue":
        await _issue(session, letter, me=me)
    elif action == "decide":
        return await _decide(session, letter, move, me=me)
    elif action == "confirm":
        return await _confirm(session, letter, move, me=me)
    elif action == "cancel":
        _release(letter, move)
    return None


async def _still_runs(session: AsyncSession, letter: Letter) -> bool:
    """Whether tasks of it are still open (R45): to what is archived nothing is added, and the ladder would lose sight
    of it.
    """
    if letter.kind not in ("assignment", "supervision") or letter.closed_at is not None:
        return False
    await close_finished(session)
    await session.refresh(letter, ["closed_at", "version"])
    return letter.closed_at is None


async def _sign(session: AsyncSession, letter: Letter, *, me: Actor) -> None:
    """Number and date it; from here on the text never changes (R49: the year is that of the signing)."""
    now = clock.now()
    letter.year = clock.shanghai_date(now).year
    letter.number = await next_letter_number(session, code=letter.code, year=letter.year)
    letter.signed_at, letter.signed_by = now, me.person_id
    signer = letter.content.get("signer") or me.name
    # Whoever lays the sheet before the leader has checked it; neither it nor minutes bear a seal.
    facts = {**letter.content["facts"], **({"checker": me.name} if letter.kind == "approval" else {})}
    seal: Literal["unsealed", "final"] = "final" if letter.kind in ("approval", "minutes") else "unsealed"
    finish = Finish(letter.number, letter.year, clock.shanghai_date(now), signer, seal)
    document = compose(letter.kind, facts, finish)
    letter.content = {**letter.content, "facts": facts, "document": msgspec.to_builtins(document)}
    letter.content_sha256 = digest(letter.content)
    letter.title = document.title


async def _issue(session: AsyncSession, letter: Letter, *, me: Actor) -> None:
    """Issue: the deadlines run from here. Both must lie after the day of issue (R44, R87), and nothing may be lacking
    that such a document needs.
    """
    now = clock.now()
    today = clock.shanghai_date(now)
    listed = list(await session.scalars(select(LetterTask).where(LetterTask.letter_id == letter.id)))
    errors = []
    if letter.reply_due_on is not None and letter.reply_due_on <= today:
        errors.append(FieldError("/replyDueOn", "not-after-issue"))
    errors += [FieldError(f"/tasks/{row.task_id}", "not-after-issue") for row in listed if row.due_on <= today]
    if not errors:
        found = lacks(msgspec.convert(letter.content["document"], Document), issued_on=today)
        errors = [FieldError(f"/document/{one.place}".rstrip("/"), one.lack) for one in found]
    if errors:
        raise Unprocessable(errors=errors)
    letter.issued_at, letter.issued_by = now, me.person_id
    if letter.kind in ("assignment", "supervision"):
        await _raise_rung(session, listed, letter.kind, unit_id=letter.unit_id)
    if letter.kind == "situation_report":
        letter.closed_at = now


async def _raise_rung(session: AsyncSession, listed: list[LetterTask], rung: Rung, *, unit_id: str | None) -> None:
    """Time moves the rung: each task now stands on it, with the limit that the letter set."""
    for row in listed:
        task = await session.get_one(Task, row.task_id, with_for_update=True)
        if task.status in ("open", "replied") and task.unit_id == unit_id:
            task.rung = rung
            task.due_on, task.due_provisional = row.due_on, False
            # A request for more time that waited has its answer: the limit of the letter.
            task.extension_asked_at, task.extension_until_on, task.extension_reason = None, None, None
            task.version, task.updated_at = task.version + 1, clock.now()


async def _decide(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> str:
    """Record the 批示: by the leader in person, or entered from paper by the office (R47, R95); whose it is."""
    if move.approved is None:
        raise Unprocessable(errors=[FieldError("/approved", "decision-needed")])
    decided_by = await decider(session, letter, move, me=me)
    letter.decision = "approved" if move.approved else "refused"
    letter.decision_scan_sha256 = move.scan
    letter.closed_at = clock.now()
    if move.approved:
        await reporting.disqualify(session, letter, decided_by=decided_by, me=me)
    if letter.parent_id is not None:
        listed = list(await session.scalars(select(LetterTask).where(LetterTask.letter_id == letter.parent_id)))
        for row in listed:
            await session.execute(
                update(Task)
                .where(Task.id == row.task_id, Task.unit_id == letter.unit_id, Task.status.in_(("open", "replied")))
                .values(rung="report", version=Task.version + 1, updated_at=clock.now())
            )
    return decided_by


async def _confirm(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> str:
    """The group leader has read the minutes and is their 签发人 from here on (R50); whose word it is."""
    confirmed_by = await decider(session, letter, move, me=me)
    person = await session.get_one(Person, confirmed_by)
    letter.content = {**letter.content, "signer": person.name}
    letter.content_sha256 = digest(letter.content)
    return confirmed_by


async def decider(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> str:
    """Whose decision a 批示 is: the leader's, also where the office enters it from its scan, or from a note of a call,
    with the day of the original (R95). Raises Unprocessable.
    """
    if me.role == roles.GROUP_LEADER:
        return me.person_id
    errors = answering.faults_of_day(letter, move)
    if move.original_on is None or not (move.scan or move.text.strip()):
        errors.append(FieldError("/scan", "scan-needed"))
    if errors:
        raise Unprocessable(errors=errors)
    held = await role_recipients(session, roles.GROUP_LEADER, move.original_on or clock.today())
    if not held:
        raise Unprocessable(errors=[FieldError("/originalOn", "no-leader")])
    return held[0].person_id


def _release(letter: Letter, move: LetterMove) -> None:
    """作废: the letter and its number stay in the register; its tasks may stand in another one."""
    if not move.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "reason-needed")])
    letter.closed_at = clock.now()


def _keep(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor, entered_for: str | None) -> None:
    """Write the step down; `entered_for` is the unit or the person whose word the office entered (R89)."""
    note_step(
        session,
        letter,
        step_id=move.id,
        body=msgspec.to_builtins(move),
        me=me,
        at=clock.now(),
        entered_for=entered_for,
        original_on=move.original_on,
        content=letter.content_sha256,
    )


async def close_finished(session: AsyncSession) -> int:
    """Close issued letters whose tasks are all struck off or void (R45); how many."""
    open_tasks = (
        select(LetterTask.task_id)
        .join(Task, Task.id == LetterTask.task_id)
        .where(Task.status.in_(("draft", "open", "replied")), Task.unit_id == Letter.unit_id)
        .where(LetterTask.letter_id == Letter.id)
    )
    finished = (
        update(Letter)
        .where(Letter.kind.in_(("assignment", "supervision")), Letter.state.in_(("issued", "sealed")))
        .where(Letter.closed_at.is_(None), ~open_tasks.exists())
        .values(closed_at=clock.now(), version=Letter.version + 1)
        .returning(Letter.id)
    )
    return len((await session.execute(finished)).all())
