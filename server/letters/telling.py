"""Who is told of a letter's steps and deadlines. The words name kinds, numbers, units and dates, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterMove
from server import clock
from server.auth import roles
from server.letters.facts import ISSUED, answers_of
from server.letters.numbering import printed_number
from server.messages.feedback import address
from server.messages.recipients import Recipient, holders_of, role_recipients
from server.messages.service import notify
from server.org import calendar
from server.org.working_days import WorkCalendar
from storage.database.engine import Database
from storage.database.models import DigestLine, Letter, Unit

ANSWERABLE: Final = ("assignment", "supervision")
_TO_THE_OFFICE: Final = {
    "sign": "letter-signed",
    "reply": "letter-replied",
    "ask_for_time": "letter-time-asked",
    "decide": "letter-decided",
}
_CAN_WAIT: Final = frozenset({"sign", "accept_progress"})


async def tell_step(session: AsyncSession, letter: Letter, move: LetterMove) -> None:
    """Tell of a step that was just taken, once for its id; at once, but for what can wait for the digest (R39).

    What a unit must do or learn goes to its 分管领导 and 资料员, and where a post is empty to its 联络员 too; where it
    has nobody the office is asked to bring the paper (R6). Answers and decisions go to the office, what waits for a
    批示 to the group leader, a 情况报告 to 区文明办.
    """
    on = clock.today()
    kind, people = await _news_of(session, letter, move, on)
    if kind is None:
        return
    await notify(
        session,
        to=people,
        kind=kind,
        params=await _params(session, letter),
        link=f"/letters/{letter.id}",
        dedupe_key=issue_key(letter.id) if move.action == "issue" else f"letter:{letter.id}:{move.id}",
        at_once=move.action not in _CAN_WAIT,
    )


def issue_key(letter_id: str) -> str:
    """What the messages of a letter's issue are known by: who got it, and who has read it."""
    return f"letter-issued:{letter_id}"


async def _news_of(
    session: AsyncSession, letter: Letter, move: LetterMove, on: date
) -> tuple[str | None, Sequence[Recipient]]:
    if move.action in _TO_THE_OFFICE:
        return _TO_THE_OFFICE[move.action], await role_recipients(session, roles.OFFICE, on)
    if move.action == "submit":
        return "letter-submitted", await role_recipients(session, roles.GROUP_LEADER, on)
    if move.action == "issue" and letter.kind == "situation_report":
        return "letter-reported", await role_recipients(session, roles.CIVILITY, on)
    if letter.kind not in ANSWERABLE or letter.unit_id is None:
        return None, ()
    told = {"issue": f"letter-issued-{letter.kind}", "agree": "letter-agreed", "accept_progress": "letter-progress"}
    kind = told.get(move.action)
    if kind is None:
        return None, ()
    people, on_paper = await _unit(session, letter.unit_id, on)
    return ("letter-paper" if on_paper else kind), people


async def _unit(session: AsyncSession, unit_id: str, on: date) -> tuple[list[Recipient], bool]:
    """The people who get a unit's letters, and whether they are the office's, because the unit has nobody (R6)."""
    held = (await holders_of(session, [unit_id], on))[unit_id]
    office = [one.person_id for one in await role_recipients(session, roles.OFFICE, on)]
    addressing = address(held, office)
    return [Recipient(one.person_id, unit_id) for one in addressing.addressees], addressing.on_paper


async def _params(session: AsyncSession, letter: Letter) -> dict[str, Any]:
    unit = await session.get(Unit, letter.unit_id) if letter.unit_id else None
    limit = _limit(letter) or clock.today()
    return {
        "number": printed_number(letter) or "",
        "unit": unit.name if unit else "",
        "due_on": limit.isoformat(),
    }


async def letters_due(database: Database, now: datetime) -> int:
    """Lines for the digest about letters whose limit is one working day away or has passed, once for each date that
    a limit had; how many lines are new. Safe on any number of replicas and after any outage.
    """
    today = clock.shanghai_date(now)
    async with database.reading() as session:
        news = await _untold(session, await _due(session, today))
    if not news:
        return 0
    async with database.writing() as session:
        return sum([await notify(session, now=now, **one) for one in news])


async def _due(session: AsyncSession, today: date) -> list[tuple[Letter, str]]:
    query = select(Letter).where(Letter.kind.in_(ANSWERABLE), Letter.state.in_(ISSUED), Letter.closed_at.is_(None))
    letters = list(await session.scalars(query.order_by(Letter.issued_at, Letter.id)))
    answers = await answers_of(session, [letter.id for letter in letters])
    work_calendar = await calendar.load(session)
    waiting = [letter for letter in letters if "reply" not in answers[letter.id]]
    found = ((letter, kind_due(_limit(letter), today, work_calendar)) for letter in waiting)
    return [(letter, kind) for letter, kind in found if kind is not None]


def kind_due(limit: date | None, today: date, work_calendar: WorkCalendar) -> str | None:
    """What there is to tell about a limit today: it has passed, or it is the next working day."""
    if limit is None:
        return None
    if limit < today:
        return "letter-overdue"
    return "letter-due-soon" if work_calendar.working_days_between(today, limit) == 1 else None


def _limit(letter: Letter) -> date | None:
    return letter.agreed_until_on or letter.reply_due_on


async def _untold(session: AsyncSession, due: Sequence[tuple[Letter, str]]) -> list[dict[str, Any]]:
    """What `notify` is to be called with, without those of whom everybody has been told."""
    news = [await _news_of_limit(session, letter, kind) for letter, kind in due]
    keys = [f"{one['dedupe_key']}:{to.person_id}" for one in news for to in one["to"]]
    told = set(await session.scalars(select(DigestLine.dedupe_key).where(DigestLine.dedupe_key.in_(keys))))
    return [one for one in news if any(f"{one['dedupe_key']}:{to.person_id}" not in told for to in one["to"])]


async def _news_of_limit(session: AsyncSession, letter: Letter, kind: str) -> dict[str, Any]:
    people, _ = await _unit(session, letter.unit_id or "", clock.today())
    if kind == "letter-overdue":
        people = [*people, *await role_recipients(session, roles.OFFICE, clock.today())]
    return {
        "to": list({one.person_id: one for one in people}.values()),
        "kind": kind,
        "params": await _params(session, letter),
        "link": f"/letters/{letter.id}",
        "dedupe_key": f"{kind}:{letter.id}:{_limit(letter)}",
    }
