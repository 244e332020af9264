"""Replying through a link: the unit's own steps on its tasks and on the letter, told by whoever holds the paper."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterMove
from schemas.replies import ReplyMove, ReplyStep, Teller
from schemas.tasks import StepTaken, TaskStep
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.letters.service import move_letter
from server.replies import opening, queries
from server.replies.opening import Held
from server.tasks.errors import ActionDiffers, TransitionRefused
from server.tasks.service import TooLate, step_within
from storage.database.engine import Database
from storage.database.models import LetterStep, ReplyTold, Task, TaskAction

MOST_STEPS = 120
"""Steps an hour through one link."""


async def take_step(
    database: Database, step: ReplyStep, *, me: Actor, task_id: str, address: str, language: str
) -> StepTaken:
    """One step on a task of the link's letter; the same id and body again gets the same answer (R44).

    Raises ReplyLinkClosed, ReplyTooOften, NotFound, Unprocessable, ActionDiffers, TransitionRefused and what the step
    itself refuses.
    """
    async with database.writing() as session:
        held = await opening.hold(session, me, language)
        await _require_listed(session, held, task_id)
        await _keep_teller(session, held, step.id, step.told_by, address=address, signs=step.action == "reply")
        outcome = await step_within(session, _task_step(step), me=me, task_id=task_id)
        _note(session, held, me, step.id)
    if isinstance(outcome, TooLate):
        raise TransitionRefused
    return outcome


def _task_step(step: ReplyStep) -> TaskStep:
    return TaskStep(
        id=step.id,
        at=step.at,
        action=step.action,
        until=step.until,
        reason=step.reason or None,
        text=step.text or None,
        measure=step.measure or None,
        photos=step.photos,
        shots=step.shots,
    )


async def _require_listed(session: AsyncSession, held: Held, task_id: str) -> None:
    """The letter lists this task, and it is still this unit's. Raises NotFound."""
    if await session.scalar(queries.listed(held).where(Task.id == task_id)) is None:
        raise NotFound


async def move(database: Database, asked: ReplyMove, *, me: Actor, address: str, language: str) -> None:
    """The reply to the letter itself with its signer, or a request for more time; the same again changes nothing.

    It is the unit's own word like one given with an account (R44). Raises ReplyLinkClosed, ReplyTooOften,
    Unprocessable, ActionDiffers, LetterMoveRefused, MoveDiffers.
    """
    teller = asked.told_by
    step = LetterMove(
        id=asked.id,
        action=asked.action,
        text=asked.text,
        measures=asked.measures,
        reason=asked.reason,
        signer=f"{teller.name.strip()}（{teller.post.strip()}）" if asked.action == "reply" else "",
    )
    async with database.writing() as session:
        held = await opening.hold(session, me, language, with_letter=True)
        await _keep_teller(session, held, asked.id, teller, address=address, signs=asked.action == "reply")
        await move_letter(session, held.letter.id, step, me=me)
        _note(session, held, me, asked.id)


async def _keep_teller(
    session: AsyncSession, held: Held, step_id: str, told: Teller, *, address: str, signs: bool
) -> None:
    """Keep who says to have sent this, beside the step. Raises Unprocessable, ActionDiffers, ReplyTooOften."""
    name, post, phone = told.name.strip(), told.post.strip(), told.phone.strip()
    errors = [] if name and post else [FieldError("/toldBy", "name-needed")]
    if signs and not phone:
        errors.append(FieldError("/toldBy/phone", "phone-needed"))
    if errors:
        raise Unprocessable(errors=errors)
    earlier = await session.get(ReplyTold, step_id)
    if earlier is not None:
        if (earlier.link_id, earlier.name, earlier.post, earlier.phone) != (held.link.id, name, post, phone):
            raise ActionDiffers
        return
    if await _is_taken(session, step_id):
        raise ActionDiffers
    since = clock.now() - timedelta(hours=1)
    taken = select(func.count()).where(ReplyTold.link_id == held.link.id, ReplyTold.at > since)
    if (await session.scalar(taken) or 0) >= MOST_STEPS:
        raise opening.too_often(600)
    session.add(
        ReplyTold(
            step_id=step_id,
            link_id=held.link.id,
            name=name,
            post=post,
            phone=phone,
            address=address,
            at=clock.now(),
        )
    )


async def _is_taken(session: AsyncSession, step_id: str) -> bool:
    """Whether somebody else took a step under this id: it gets no teller of ours."""
    if await session.get(TaskAction, step_id) is not None:
        return True
    return await session.get(LetterStep, step_id) is not None


def _note(session: AsyncSession, held: Held, me: Actor, step_id: str) -> None:
    """Beside the step's own event: through which link it came. No name and no address is kept there for ever."""
    detail = {"step": step_id, "letter": held.letter.id}
    audit.record(session, actor=me, action="reply_link.step", subject=("reply_link", held.link.id), detail=detail)
