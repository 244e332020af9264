"""The notice and the minutes of a meeting as letters of the register, and what their steps mean for it (R50, R51)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterMove
from schemas.meetings import DraftDocument, MeetingDocumentKind
from server import clock
from server.auth.actor import Actor
from server.documents.composing.notice import meeting_notice
from server.documents.composing.phrases import say
from server.errors import FieldError, Unprocessable
from server.letters import distributing
from server.letters.circulars import add_round, contact_frame, rewrite
from server.letters.drafting import new_letter
from server.letters.errors import DraftDiffers
from server.letters.numbering import printed_number
from server.meetings import reading, wording
from server.meetings.errors import DocumentStale, DocumentUnderWay, MeetingStepRefused
from server.meetings.recording import assign_arrangements
from server.meetings.service import check_step, keep, locked
from server.meetings.stages import SIGNED
from server.org.settings import current_rules
from server.tasks import lookups
from storage.database.models import Letter, Meeting, MeetingDocument


async def draft_document(
    session: AsyncSession, meeting_id: str, kind: MeetingDocumentKind, asked: DraftDocument, *, me: Actor
) -> Letter:
    """Draw up the notice or the minutes from the meeting as it stands. A draft is drawn up anew; what was signed stays,
    and the next edition says why it was made.

    Raises NotFound, MeetingVersionDiffers, MeetingStepRefused, DocumentUnderWay, DraftDiffers, Unprocessable.
    """
    editions = await _editions(session, meeting_id, kind)
    meeting = await locked(session, meeting_id)
    latest = editions[-1][1] if editions else None
    if latest is not None and latest.content.get("asked") == asked.id:
        return latest
    if await session.get(Letter, asked.id) is not None:
        raise DraftDiffers
    signed = await _ground(session, meeting, kind, asked, [letter for _, letter in editions])
    reason = asked.reason.strip()
    told, code = await _facts(session, meeting, kind, correcting=(signed, reason) if signed is not None else None)
    drawn = await reading.drawn_from(session, meeting, kind)
    if latest is not None and latest.state == "draft":
        document, letter = editions[-1]
        letter.content = {**letter.content, "asked": asked.id}
        rewrite(session, letter, told, me=me, action="redraw_letter")
    else:
        letter = new_letter(kind, told, code=code, unit_id=None, reply_due_on=None, me=me)
        letter.id, letter.parent_id = asked.id, signed.id if signed is not None else None
        called = [one.unit_id for one in await reading.units_of(session, meeting.id)]
        await add_round(session, letter, called, asked=asked.id, me=me)
        edition = editions[-1][0].edition + 1 if editions else 1
        document = MeetingDocument(letter_id=letter.id, meeting_id=meeting.id, kind=kind, edition=edition)
    document.drawn_sha256, document.reason = drawn, reason
    session.add(document)
    keep(session, meeting, f"draft_{kind}", {"letter": letter.id}, me=me)
    await session.flush()
    return letter


async def _ground(
    session: AsyncSession, meeting: Meeting, kind: MeetingDocumentKind, asked: DraftDocument, letters: Sequence[Letter]
) -> Letter | None:
    """The signed edition that the new one takes the place of. Raises what forbids a new one."""
    signed = next((letter for letter in reversed(letters) if letter.state in SIGNED), None)
    action = "draft_notice" if kind == "notice" else "amend" if signed is not None else "draft_minutes"
    await check_step(session, meeting, action, asked.version)
    if letters and letters[-1].state in ("in_review", "confirmed"):
        raise DocumentUnderWay
    if signed is not None and not asked.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "reason-needed")])
    return signed


async def _editions(
    session: AsyncSession, meeting_id: str, kind: MeetingDocumentKind
) -> list[tuple[MeetingDocument, Letter]]:
    """All editions with their letters, the letters locked: they are locked before the meeting here and in every step
    on a letter, so that the two never wait for each other.
    """
    query = (
        select(MeetingDocument, Letter)
        .join(Letter, Letter.id == MeetingDocument.letter_id)
        .where(MeetingDocument.meeting_id == meeting_id, MeetingDocument.kind == kind)
        .order_by(MeetingDocument.edition)
        .with_for_update(of=Letter)
    )
    return [(document, letter) for document, letter in await session.execute(query)]


async def _facts(
    session: AsyncSession, meeting: Meeting, kind: MeetingDocumentKind, *, correcting: tuple[Letter, str] | None
) -> tuple[Any, str]:
    """What the document is composed from, and the code of its series."""
    rules, today = await current_rules(session), clock.today()
    code = rules.notice_code if kind == "notice" else rules.minutes_code
    frame = contact_frame(rules, code=code, year=today.year, name=meeting.contact_name, phone=meeting.contact_phone)
    units = await reading.units_of(session, meeting.id)
    names = await lookups.unit_names(session, [one.unit_id for one in units])
    group = await distributing.group_units(session, today)
    whole = {unit.id for unit in group} <= names.keys()
    called = (say("circular.all_units"),) if whole else tuple(names[one.unit_id] for one in units)
    if kind == "notice":
        return meeting_notice(wording.notice_of(meeting, frame, called)), code
    missing = [at for at, one in enumerate(units) if one.state is None]
    if missing:
        raise Unprocessable(errors=[FieldError(f"/units/{at}/state", "attendance-needed") for at in missing])
    arrangements = await reading.arrangements_of(session, meeting.id)
    names |= await lookups.unit_names(session, [one.unit_id for one in arrangements])
    frame = msgspec.structs.replace(frame, contact=None, copied_to=_copies(called, rules.civility_office))
    told = wording.minutes_of(meeting, frame, units=units, arrangements=arrangements, names=names)
    if correcting is not None:
        before, reason = correcting
        words = say("minutes.corrects", title=before.title, number=printed_number(before) or "", reason=reason)
        told = msgspec.structs.replace(told, corrects=words)
    return told, code


def _copies(called: Sequence[str], civility_office: str) -> tuple[str, ...]:
    return (*called, civility_office)


async def letter_moved(session: AsyncSession, letter: Letter, move: LetterMove, me: Actor) -> None:
    """A step on a letter of a meeting. What was changed since it was drawn up is not signed; with the signature under
    the minutes every arrangement becomes a task (R51). Raises DocumentStale, MeetingStepRefused, Unprocessable.
    """
    if letter.kind not in ("notice", "minutes") or move.action not in ("send_to_review", "confirm", "sign", "issue"):
        return
    document = await session.scalar(select(MeetingDocument).where(MeetingDocument.letter_id == letter.id))
    if document is None:
        return
    meeting = await locked(session, document.meeting_id)
    if meeting.cancelled_at is not None:
        raise MeetingStepRefused
    if move.action != "issue" and document.drawn_sha256 != await reading.drawn_from(session, meeting, document.kind):
        raise DocumentStale
    if document.kind == "minutes" and move.action == "sign":
        await assign_arrangements(session, meeting, number=printed_number(letter) or "", me=me)
