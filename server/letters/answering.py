"""What is told to a letter after its issue: by the unit, by the office, or entered from paper (R44, R46, R95)."""

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
_ANSWERABLE = ("assignment", "supervision")
_OUT = ("issued", "sealed")


async def answer(session: AsyncSession, letter: Letter, move: LetterMove, *, me: Actor) -> None:
    """A reply or a request for more time by the unit (or entered for it), a date agreed or progress accepted by the
    office, its note of who received the paper, its chasing. Raises NotAllowed, LetterMoveRefused, ExtensionSpent,
    Unprocessable.
    """
    if not _fits(letter, move):
        raise LetterMoveRefused
    if move.action in ("reply", "ask_for_time"):
        _check_unit(letter, move, me)
    elif me.role != roles.OFFICE:
        raise NotAllowed
    if move.action == "agree":
        await _agree(session, letter, move)
    elif move.action == "deliver":
        _check_delivery(letter, move)
    elif move.action == "chase" and not move.text.strip():
        raise Unprocessable(errors=[FieldError("/text", "text-needed")])


def _fits(letter: Letter, move: LetterMove) -> bool:
    if move.action == "deliver":
        return letter.kind != "approval" and letter.state in (*_OUT, "archived")
    if letter.kind not in _ANSWERABLE or letter.state not in _OUT:
        return False
    return move.action != "chase" or letter.closed_at is None


def _check_unit(letter: Letter, move: LetterMove, me: Actor) -> None:
    """The unit answers for itself. The office enters what came on paper or by telephone: the day of the original and
    its scan, or a note of what was said (R95).
    """
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
    errors += faults_of_day(letter, move)
    if errors:
        raise Unprocessable(errors=errors)


def faults_of_day(letter: Letter, move: LetterMove) -> list[FieldError]:
    """What was written on paper was written after the document it answers left, and not in the future (R87)."""
    on = move.original_on
    if on is None:
        return []
    left_at = letter.issued_at or letter.signed_at
    too_early = left_at is not None and on < clock.shanghai_date(left_at)
    return [FieldError("/originalOn", "paper-date")] if too_early or on > clock.today() else []


def _check_delivery(letter: Letter, move: LetterMove) -> None:
    """回执: who took the paper, on which day."""
    errors = faults_of_day(letter, move)
    if move.original_on is None:
        errors.append(FieldError("/originalOn", "date-needed"))
    if not move.text.strip():
        errors.append(FieldError("/text", "text-needed"))
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
