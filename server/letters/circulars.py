"""The monthly circular (R62): which months are owed one, its draft, its figures counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.circulars import CircularProposal, DraftCircular
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.documents.composing.circular import Circular
from server.documents.composing.facts import Frame
from server.documents.composing.phrases import pairs, say
from server.errors import FieldError, NotFound, Unprocessable
from server.letters import distributing, figures, gathering
from server.letters.content import Finish, compose
from server.letters.counting import by_unit, lagging, months_owed, open_problems, praised
from server.letters.drafting import new_letter
from server.letters.errors import CircularExists, DraftDiffers, LetterMoveRefused, LetterVersionDiffers
from server.months import first_day
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.series import next_in_series
from storage.database.models import Letter


async def proposed(session: AsyncSession) -> list[CircularProposal]:
    """The ended months without their circular, the newest first (R62)."""
    rules = await current_rules(session)
    first = await figures.first_inspected(session)
    owed = months_owed(first, clock.today(), written=await _written(session), a_month=rules.circulars_per_month)
    found = []
    for month in owed:
        visits = await figures.visits_of(session, month)
        problems = await figures.seen_tasks(session, month)
        found.append(CircularProposal(month=month, visits=visits.count, problems=len(problems)))
    return found


async def _written(session: AsyncSession) -> Counter[str]:
    query = select(Letter.month).where(Letter.kind == "circular", Letter.state != "cancelled")
    return Counter(month for month in await session.scalars(query) if month)


async def draft_circular(session: AsyncSession, asked: DraftCircular, *, me: Actor) -> Letter:
    """Draft the circular of an ended month, its figures counted now. The same id and body again gives the same draft.

    Raises DraftDiffers, CircularExists, Unprocessable.
    """
    known = await earlier(session, asked.id, digest(asked))
    if known is not None:
        return known
    rules, today = await current_rules(session), clock.today()
    if asked.month >= clock.month_of(today):
        raise Unprocessable(errors=[FieldError("/month", "month-not-over")])
    # Two drafts at once wait for each other at this counter, so that the second sees the first.
    await next_in_series(session, f"circular-{asked.month}")
    if (await _written(session))[asked.month] >= max(rules.circulars_per_month, 1):
        raise CircularExists
    frame = contact_frame(
        rules, code=rules.circular_code, year=today.year, name=asked.contact_name, phone=asked.contact_phone
    )
    frame = msgspec.structs.replace(frame, copied_to=(rules.leader_title, rules.civility_office))
    units = await distributing.group_units(session, today)
    told = await _counted(session, asked.month, frame, [unit.name for unit in units])
    told = msgspec.structs.replace(told, demands=pairs("circular.default_demands"))
    letter = new_letter("circular", told, code=rules.circular_code, unit_id=None, reply_due_on=None, me=me)
    letter.id, letter.month = asked.id, asked.month
    return await add_round(session, letter, [unit.id for unit in units], asked=digest(asked), me=me)


async def earlier(session: AsyncSession, letter_id: str, asked_sha256: str) -> Letter | None:
    """The draft that was made under an id by the same request. Raises DraftDiffers for another request."""
    letter = await session.get(Letter, letter_id)
    if letter is not None and letter.content.get("asked") != asked_sha256:
        raise DraftDiffers
    return letter


async def add_round(session: AsyncSession, letter: Letter, unit_ids: Sequence[str], *, asked: str, me: Actor) -> Letter:
    """Keep a new draft that goes to many units; `asked` is the digest of the request that it came from."""
    letter.content = {**letter.content, "asked": asked}
    letter.content_sha256 = digest(letter.content)
    session.add(letter)
    await session.flush()
    await distributing.address_to(session, letter.id, unit_ids)
    detail = {"kind": letter.kind, "units": list(unit_ids), "content": letter.content_sha256}
    audit.record(session, actor=me, action="draft_letter", subject=("letter", letter.id), detail=detail)
    return letter


async def _counted(session: AsyncSession, month: str, frame: Frame, units: Sequence[str]) -> Circular:
    today = clock.today()
    visits = await figures.visits_of(session, month)
    seen = await figures.seen_tasks(session, month)
    closed = await figures.closed_in(session, month)
    months = by_unit(seen, units, today=today)
    return Circular(
        frame=frame,
        addressees=(say("circular.all_units"),),
        month=first_day(month),
        start=visits.start,
        end=visits.end,
        as_of=today,
        teams=visits.teams,
        subjects=tuple(one.subject for one in visits.subjects),
        sites=visits.sites,
        units=months,
        demands=(),
        by_subject=visits.subjects,
        closed_in_month=closed,
        exemplary=praised(months),
        lagging=lagging(months),
        open_problems=open_problems(seen, today=today, calendar=await calendar.load(session)),
        sources=figures.sources_of(month, visits, months, closed),
    )


async def count_anew(session: AsyncSession, letter_id: str, *, version: int, me: Actor) -> Letter:
    """Count a draft's figures as of today; the office's words stay, as far as their units are still in it.

    Raises NotFound, LetterVersionDiffers, LetterMoveRefused.
    """
    letter = await locked_draft(session, letter_id, "circular", version=version)
    before = msgspec.convert(letter.content["facts"], Circular)
    now = await _counted(session, letter.month or "", before.frame, [one.unit for one in before.units])
    chosen = {one.unit: one.examples for one in before.units}
    units = tuple(
        msgspec.structs.replace(one, examples=chosen.get(one.unit) or one.examples) if one.found else one
        for one in now.units
    )
    told = msgspec.structs.replace(now, units=units, opening=before.opening, demands=before.demands)
    rewrite(session, letter, told, me=me, action="count_letter_anew")
    return letter


async def locked_draft(session: AsyncSession, letter_id: str, kind: str, *, version: int) -> Letter:
    """A draft to be changed. Raises NotFound, LetterVersionDiffers, LetterMoveRefused."""
    letter = await session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None or letter.kind != kind:
        raise NotFound
    if letter.version != version:
        raise LetterVersionDiffers
    if letter.state != "draft":
        raise LetterMoveRefused
    return letter


def rewrite(session: AsyncSession, letter: Letter, told: object, *, me: Actor, action: str) -> None:
    """Put other facts into a draft."""
    content = {**letter.content, "facts": msgspec.to_builtins(told)}
    letter.content, letter.content_sha256 = content, digest(content)
    letter.title = compose(letter.kind, content["facts"], Finish()).title
    letter.version += 1
    audit.record(
        session, actor=me, action=action, subject=("letter", letter.id), detail={"content": letter.content_sha256}
    )


def contact_frame(rules: Rules, *, code: str, year: int, name: str, phone: str) -> Frame:
    """The frame of a document that the group sends to its units."""
    contact = gathering.contact_of(name, phone)
    return gathering.frame_of(rules, code=code, year=year, contact=contact, by_group=True)
