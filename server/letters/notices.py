"""Notices in the office's own words, and the words of drafts that may be changed before the signature."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.circulars import (
    CircularWords,
    DemandOut,
    DraftNotice,
    LetterWords,
    NoticeSection,
    NoticeWords,
    SectionOut,
    UnitWords,
)
from server import clock
from server.audit.chain import digest
from server.auth.actor import Actor
from server.documents.composing.circular import Circular
from server.documents.composing.notice import Notice, Section
from server.documents.composing.phrases import say
from server.errors import FieldError, NotFound, Unprocessable
from server.letters import distributing
from server.letters.circulars import add_round, contact_frame, earlier, locked_draft, rewrite
from server.letters.drafting import new_letter
from server.org.settings import current_rules
from storage.database.models import Letter


async def draft_notice(session: AsyncSession, asked: DraftNotice, *, me: Actor) -> Letter:
    """Draft a 通知 to some units or to all. The same id and body again gives the same draft.

    Raises DraftDiffers, Unprocessable.
    """
    known = await earlier(session, asked.id, digest(asked))
    if known is not None:
        return known
    rules, today = await current_rules(session), clock.today()
    group = await distributing.group_units(session, today)
    wanted = set(asked.unit_ids) or {unit.id for unit in group}
    chosen = [unit for unit in group if unit.id in wanted]
    if len(chosen) != len(wanted):
        raise Unprocessable(errors=[FieldError("/unitIds", "unit-unknown")])
    whole = len(chosen) == len(group)
    told = Notice(
        frame=contact_frame(
            rules, code=rules.notice_code, year=today.year, name=asked.contact_name, phone=asked.contact_phone
        ),
        addressees=(say("circular.all_units"),) if whole else tuple(unit.name for unit in chosen),
        subject=asked.subject.strip(),
        opening=asked.opening.strip(),
        sections=_sections(asked.sections),
    )
    letter = new_letter("notice", told, code=rules.notice_code, unit_id=None, reply_due_on=None, me=me)
    letter.id = asked.id
    return await add_round(session, letter, [unit.id for unit in chosen], asked=digest(asked), me=me)


def _sections(given: Sequence[NoticeSection]) -> tuple[Section, ...]:
    return tuple(Section(one.heading.strip(), tuple(one.paragraphs), tuple(one.items)) for one in given)


async def words_of(session: AsyncSession, letter_id: str) -> LetterWords:
    """What the office may change in a circular or a notice. Raises NotFound."""
    letter = await session.scalar(select(Letter).where(Letter.id == letter_id))
    if letter is None or letter.kind not in ("circular", "notice"):
        raise NotFound
    if letter.kind == "notice":
        return _notice_words(letter, msgspec.convert(letter.content["facts"], Notice))
    told = msgspec.convert(letter.content["facts"], Circular)
    return LetterWords(
        version=letter.version,
        subject="",
        opening=told.opening or say("circular.opening", month=_month(told)),
        sections=[],
        demands=[DemandOut(heading=heading, text=text) for heading, text in told.demands],
        exemplary=list(told.exemplary),
        lagging=list(told.lagging),
        units=[
            UnitWords(
                unit=one.unit, found=one.found, closed=one.closed, overdue=one.overdue, examples=list(one.examples)
            )
            for one in told.units
        ],
    )


def _month(told: Circular) -> str:
    return say("circular.month", year=told.month.year, month=told.month.month)


def _notice_words(letter: Letter, told: Notice) -> LetterWords:
    return LetterWords(
        version=letter.version,
        subject=told.subject,
        opening=told.opening,
        sections=[
            SectionOut(heading=one.heading, paragraphs=list(one.paragraphs), items=list(one.items))
            for one in told.sections
        ],
        demands=[],
        exemplary=[],
        lagging=[],
        units=[],
    )


async def reword_circular(session: AsyncSession, letter_id: str, words: CircularWords, *, me: Actor) -> Letter:
    """Change the words of a draft circular: never a figure, and no unit that it does not tell of (R62).

    Raises NotFound, LetterVersionDiffers, LetterMoveRefused, Unprocessable.
    """
    letter = await locked_draft(session, letter_id, "circular", version=words.version)
    told = msgspec.convert(letter.content["facts"], Circular)
    known = {one.unit for one in told.units}
    named = {"exemplary": words.exemplary, "lagging": words.lagging, "examples": [one.unit for one in words.examples]}
    errors = [
        FieldError(f"/{field}/{at}", "unit-unknown")
        for field, units in named.items()
        for at, unit in enumerate(units)
        if unit not in known
    ]
    if errors:
        raise Unprocessable(errors=errors)
    chosen = {one.unit: tuple(one.examples) for one in words.examples}
    units = tuple(
        msgspec.structs.replace(one, examples=chosen.get(one.unit, one.examples)) if one.found else one
        for one in told.units
    )
    told = msgspec.structs.replace(
        told,
        opening=words.opening.strip(),
        demands=tuple((one.heading.strip(), one.text.strip()) for one in words.demands),
        exemplary=tuple(dict.fromkeys(words.exemplary)),
        lagging=tuple(dict.fromkeys(words.lagging)),
        units=units,
    )
    rewrite(session, letter, told, me=me, action="reword_letter")
    return letter


async def reword_notice(session: AsyncSession, letter_id: str, words: NoticeWords, *, me: Actor) -> Letter:
    """Change the words of a draft notice. Raises NotFound, LetterVersionDiffers, LetterMoveRefused."""
    letter = await locked_draft(session, letter_id, "notice", version=words.version)
    told = msgspec.structs.replace(
        msgspec.convert(letter.content["facts"], Notice),
        subject=words.subject.strip(),
        opening=words.opening.strip(),
        sections=_sections(words.sections),
    )
    rewrite(session, letter, told, me=me, action="reword_letter")
    return letter
