"""What the unit answers to a letter, and what the office makes of it (R44, R46, R95)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterMove
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, Unprocessable
from server.letters.errors import ExtensionSpent, LetterMoveRefused
from storage.database.models import Letter, LetterStep

_MAY_ANSWER = roles.UNIT | {roles.OFFICE}


async def answer(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> None:
    """A reply or a request for more time by the unit (or entered for it), a date agreed or progress accepted by the
    office. Raises NotAllowed, LetterMoveRefused, ExtensionSpent, Unprocessable.
    """
    if letter.kind not in ("assignment", "supervision") or letter.state not in ("issued", "sealed"):
        raise LetterMoveRefused
    if move.action in ("reply", "ask_for_time"):
        _check_unit(letter, move, me)
    elif me.role != roles.OFFICE:
        raise NotAllowed
    if move.action == "agree":
        await _agree(session, letter, move)


def _check_unit(letter: Letter, move: LetterMove, me: Actor) -> None:
    if me.role not in _MAY_ANSWER or (me.role in roles.UNIT and me.unit_id != letter.unit_id):
        raise NotAllowed
    errors = []
    if move.action == "reply":
        if not move.text.strip():
            errors.append(FieldError("/text", "text-needed"))
        if not move.signer.strip():
            errors.append(FieldError("/signer", "signer-needed"))
    elif not move.reason.strip():
        errors.append(FieldError("/reason", "reason-needed"))
    if me.role == roles.OFFICE and (move.original_on is None or not (move.scan or move.text.strip())):
        errors.append(FieldError("/scan", "scan-needed"))
    if move.original_on is not None and move.original_on > clock.today():
        errors.append(FieldError("/originalOn", "bad-date"))
    if errors:
        raise Unprocessable(errors=errors)


async def _agree(session: AsyncSession, letter: Letter, move: LetterMove) -> None:
    """The office agrees a later date for the reply, once a letter and only where it was asked for (R46)."""
    if letter.agreed_until_on is not None:
        raise ExtensionSpent
    asked = select(LetterStep.id).where(LetterStep.letter_id == letter.id, LetterStep.action == "ask_for_time")
    if await session.scalar(asked.limit(1)) is None:
        raise LetterMoveRefused
    if move.until is None or letter.reply_due_on is None or move.until <= letter.reply_due_on:
        raise Unprocessable(errors=[FieldError("/until", "date-needed")])
    letter.agreed_until_on = move.until
