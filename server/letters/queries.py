"""The register, one letter, what the ladder proposes, who is disqualified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import Document
from schemas.letters import Answered, DisqualificationOut, LetterOut, LetterRow, LetterStepOut, LetterTaskOut
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import NotFound
from server.indexing.queries import mentioning
from server.letters import timeline
from server.letters.content import Finish, compose
from server.letters.facts import answers_of
from server.letters.numbering import printed_number
from server.letters.reply_codes import ReplyCodes
from server.letters.signing import allowed
from server.paging import Order, paged, split
from server.tasks import lookups
from storage.database.models import Disqualification, Letter, LetterRecipient, LetterTask, Task, Unit

_ORDER = Order(Letter.created_at, Letter.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLetters:
    """The filters of the register."""

    kind: str | None = None
    state: str | None = None
    unit: str | None = None
    q: str | None = None
    cursor: str | None = None
    limit: int = 50


def _scoped(query: Select[Letter], me: Actor) -> Select[Letter]:
    """A unit's people see from the issue on what is theirs: their own unit's letters, and those that go round to it
    among others (R8).
    """
    if me.role in roles.DISTRICT:
        return query
    shown = ("issued", "sealed", "archived")
    got = select(LetterRecipient.letter_id).where(LetterRecipient.unit_id == me.unit_id)
    theirs = or_(Letter.unit_id == me.unit_id, Letter.id.in_(got))
    return query.where(theirs, Letter.state.in_(shown), Letter.kind != "approval")


async def visible_letter(session: AsyncSession, me: Actor, letter_id: str) -> Letter:
    """A letter that this person may see. Raises NotFound."""
    letter = await session.scalar(_scoped(select(Letter).where(Letter.id == letter_id), me))
    if letter is None:
        raise NotFound
    return letter


async def list_letters(session: AsyncSession, me: Actor, wanted: WantedLetters) -> Page[LetterRow]:
    """One page of the register, the newest draft first."""
    query = _scoped(select(Letter), me)
    for value, column in ((wanted.kind, Letter.kind), (wanted.state, Letter.state), (wanted.unit, Letter.unit_id)):
        if value:
            query = query.where(column == value)
    if wanted.q:
        query = query.where(await mentioning(session, "letter", Letter.id, wanted.q))
    rows = await session.scalars(paged(query, _ORDER, cursor=wanted.cursor, limit=wanted.limit))
    page, following = split(rows.all(), _ORDER, limit=wanted.limit)
    return Page(items=await _rows(session, page, me), next=following)


async def _rows(session: AsyncSession, letters: Sequence[Letter], me: Actor) -> list[LetterRow]:
    ids = [letter.id for letter in letters]
    units = await lookups.unit_names(session, [letter.unit_id for letter in letters if letter.unit_id])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    listed = (
        select(LetterTask.letter_id, Task.status, Task.unit_id == Letter.unit_id, func.count())
        .join(Task, Task.id == LetterTask.task_id)
        .join(Letter, Letter.id == LetterTask.letter_id)
        .where(LetterTask.letter_id.in_(ids))
        .group_by(LetterTask.letter_id, Task.status, Task.unit_id == Letter.unit_id)
    )
    for letter_id, status, is_theirs, count in await session.execute(listed):
        counts[letter_id][0] += count
        counts[letter_id][1] += count if is_theirs and status in ("draft", "open", "replied") else 0
    answers = await answers_of(session, ids)
    marks = await timeline.marks_of(session, ids)
    rows = [_row(letter, units, counts[letter.id], answers[letter.id].keys(), me) for letter in letters]
    return [msgspec.structs.replace(row, **asdict(marks[row.id])) for row in rows]


def _row(letter: Letter, units: dict[str, str], counts: list[int], told: Collection[str], me: Actor) -> LetterRow:
    limit = letter.agreed_until_on or letter.reply_due_on
    answered: Answered = "replied" if "reply" in told else "asked" if "ask_for_time" in told else "none"
    running = letter.state in ("issued", "sealed") and letter.closed_at is None
    return LetterRow(
        id=letter.id,
        kind=letter.kind,
        state=letter.state,
        number=printed_number(letter),
        title=letter.title,
        unit_id=letter.unit_id,
        unit_name=units.get(letter.unit_id or ""),
        reply_due_on=letter.reply_due_on,
        agreed_until_on=letter.agreed_until_on,
        answered=answered,
        overdue=running and limit is not None and clock.today() > limit and answered != "replied",
        tasks=counts[0],
        open_tasks=counts[1],
        parent_id=letter.parent_id,
        signed_on=clock.shanghai_date(letter.signed_at) if letter.signed_at else None,
        issued_at=letter.issued_at,
        created_at=letter.created_at,
        closed_at=letter.closed_at,
        archive_number=None,
        sealed_scan=None,
        delivered_on=None,
        version=letter.version,
        actions=_actions(letter, me, answered),
    )


def _actions(letter: Letter, me: Actor, answered: Answered) -> list[str]:
    moves: list[str] = list(allowed(letter.kind, letter.state, me.role))
    if letter.kind in ("assignment", "supervision") and letter.closed_at is None and "archive" in moves:
        moves.remove("archive")
    if me.role == roles.OFFICE and letter.kind != "approval" and letter.state in ("issued", "sealed", "archived"):
        moves.append("deliver")
    answerable = letter.kind in ("assignment", "supervision") and letter.state in ("issued", "sealed")
    if not answerable or letter.closed_at is not None:
        return moves
    if me.role == roles.OFFICE or (me.role in roles.UNIT and me.unit_id == letter.unit_id):
        moves += ["reply", "ask_for_time"]
    if me.role == roles.OFFICE:
        moves += ["agree"] if answered == "asked" and letter.agreed_until_on is None else []
        moves += ["accept_progress"] if letter.kind == "supervision" else []
        moves.append("chase")
    return moves


async def get_letter(session: AsyncSession, me: Actor, letter_id: str, *, codes: ReplyCodes | None = None) -> LetterOut:
    """One letter as it would be printed, with its tasks and history. Raises NotFound."""
    letter = await visible_letter(session, me, letter_id)
    row = (await _rows(session, [letter], me))[0]
    return LetterOut(
        **{name: getattr(row, name) for name in row.__struct_fields__},
        document=await with_code(session, document_of(letter), letter, me=me, codes=codes),
        listed=await _listed(session, letter.id),
        history=await _history(session, letter, me),
        readers=await timeline.readers(session, me, letter.id),
        ground=letter.ground,
        reason=letter.reason,
        decision=letter.decision,
    )


async def _history(session: AsyncSession, letter: Letter, me: Actor) -> list[LetterStepOut]:
    """The steps; for a unit's people those from the issue on: how it was drafted and reviewed is the office's."""
    steps = await timeline.history(session, letter.id)
    if me.role in roles.DISTRICT or letter.issued_at is None:
        return steps
    return [step for step in steps if step.at >= letter.issued_at]


def document_of(letter: Letter) -> Document:
    """The signed document as it was signed, or the draft as it would be printed now."""
    signed = letter.content.get("document")
    if signed is None:
        return compose(letter.kind, letter.content["facts"], Finish())
    document = msgspec.convert(signed, Document)
    mark = "" if letter.state in ("sealed", "archived") else document.status_mark
    return msgspec.structs.replace(document, status_mark=mark)


async def with_code(
    session: AsyncSession, document: Document, letter: Letter, *, me: Actor, codes: ReplyCodes | None
) -> Document:
    """The document with the code that this reader's copy carries (R44); what was signed stays as it is."""
    code = await codes.code_of(session, letter, me=me) if codes else None
    return msgspec.structs.replace(document, reply_code=code) if code else document


async def _listed(session: AsyncSession, letter_id: str) -> list[LetterTaskOut]:
    query = (
        lookups.with_place(select(LetterTask, Task, lookups.PLACE).join(Task, Task.id == LetterTask.task_id))
        .where(LetterTask.letter_id == letter_id)
        .order_by(LetterTask.due_on, Task.id)
    )
    return [
        LetterTaskOut(
            task_id=task.id,
            task_number=task.number,
            site_name=site,
            problem=task.problem,
            reason=listed.reason or listed.trigger,
            due_on=listed.due_on,
            status=task.status,
        )
        for listed, task, site in await session.execute(query)
    ]


async def list_disqualifications(session: AsyncSession, me: Actor, year: int) -> list[DisqualificationOut]:
    """Who lost award eligibility in a year, revoked ones too (R47). A unit's people see their own unit's."""
    query = (
        select(Disqualification, Unit.name)
        .join(Unit, Unit.id == Disqualification.unit_id)
        .where(Disqualification.year == year)
        .order_by(Disqualification.effective_at.desc())
    )
    if me.role not in roles.DISTRICT:
        query = query.where(Disqualification.unit_id == me.unit_id)
    return [
        DisqualificationOut(
            id=row.id,
            unit_id=row.unit_id,
            unit_name=unit_name,
            year=row.year,
            effective_at=row.effective_at,
            revoked_at=row.revoked_at,
            revocation_reason=row.revocation_reason,
            letter_id=row.letter_id,
        )
        for row, unit_name in await session.execute(query)
    ]
