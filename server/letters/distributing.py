"""Letters that go round: to which units a circular, a notice or minutes go, and who there is told at the issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterMove
from server import clock
from server.auth import roles
from server.documents.composing.phrases import say
from server.letters.numbering import printed_number
from server.letters.telling import issue_key
from server.messages.feedback import address
from server.messages.recipients import Recipient, holders_of, role_recipients
from server.messages.service import notify
from server.org.units import OF_THE_GROUP
from storage.database.models import Letter, LetterRecipient, Unit

GOING_ROUND: Final = ("circular", "notice", "minutes")


async def group_units(session: AsyncSession, on: date) -> list[Unit]:
    """The units of the group on a date: the lead unit, the members, the streets (R3)."""
    query = (
        select(Unit)
        .where(Unit.kind.in_(OF_THE_GROUP), Unit.member_from <= on)
        .where(or_(Unit.member_until.is_(None), Unit.member_until >= on))
        .order_by(Unit.code)
    )
    return list(await session.scalars(query))


async def address_to(session: AsyncSession, letter_id: str, unit_ids: Sequence[str]) -> None:
    """Note the units to which a letter goes."""
    session.add_all(LetterRecipient(letter_id=letter_id, unit_id=unit_id) for unit_id in dict.fromkeys(unit_ids))
    await session.flush()


async def recipients_of(session: AsyncSession, letter_id: str) -> list[Unit]:
    """The units to which a letter goes."""
    query = select(Unit).join(LetterRecipient, LetterRecipient.unit_id == Unit.id)
    return list(await session.scalars(query.where(LetterRecipient.letter_id == letter_id).order_by(Unit.code)))


async def send_round(session: AsyncSession, letter: Letter, move: LetterMove) -> None:
    """Tell the posts of each unit of a letter that was issued to it; where a unit has nobody the office brings it on
    paper (R6). Minutes that wait to be confirmed are the group leader's news.
    """
    if letter.kind not in GOING_ROUND:
        return
    on = clock.today()
    if move.action == "send_to_review" and letter.kind == "minutes":
        leaders = await role_recipients(session, roles.GROUP_LEADER, on)
        await _tell(session, letter, leaders, "letter-minutes-to-confirm", f"letter:{letter.id}:{move.id}")
    if move.action != "issue":
        return
    units = await recipients_of(session, letter.id)
    held = await holders_of(session, [unit.id for unit in units], on)
    office = [one.person_id for one in await role_recipients(session, roles.OFFICE, on)]
    on_paper = []
    for unit in units:
        addressing = address(held[unit.id], office)
        if addressing.on_paper:
            on_paper.append(unit.name)
            continue
        people = [Recipient(one.person_id, unit.id) for one in addressing.addressees]
        await _tell(session, letter, people, f"letter-issued-{letter.kind}", issue_key(letter.id))
    if on_paper:
        names = say("item_separator").join(on_paper)
        everybody = [Recipient(person) for person in office]
        await _tell(session, letter, everybody, "letter-round-paper", f"{issue_key(letter.id)}:paper", unit=names)


async def _tell(
    session: AsyncSession, letter: Letter, people: Sequence[Recipient], kind: str, key: str, *, unit: str = ""
) -> None:
    params = {"number": printed_number(letter) or "", "unit": unit}
    link = f"/letters/{letter.id}"
    await notify(session, to=people, kind=kind, params=params, link=link, dedupe_key=key, at_once=True)
