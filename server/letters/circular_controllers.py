"""HTTP of what goes round: circulars and notices, their words, their figures."""

from __future__ import annotations

from typing import Annotated, Final

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.circulars import CircularWords, DraftCircular, DraftNotice, LetterWords, NoticeWords
from schemas.letters import LetterOut
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.letters import circulars, notices, queries
from server.routes import get, post, put

_OFFICE = allow(roles.OFFICE)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@post("/letters/circulars", guards=[_OFFICE])
async def draft_circular(data: JSONBody[DraftCircular], me: Me, writer: Session) -> LetterOut:
    """Draft a month's 督查情况通报; its figures are counted by the server (R62)."""
    letter = await circulars.draft_circular(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@post("/letters/notices", guards=[_OFFICE])
async def draft_notice(data: JSONBody[DraftNotice], me: Me, writer: Session) -> LetterOut:
    """Draft a 通知 to some units or to all."""
    letter = await notices.draft_notice(writer, data, me=me)
    return await queries.get_letter(writer, me, letter.id)


@get("/letters/{letter_id:str}/words", guards=[_OFFICE])
async def get_words(letter_id: FromPath[str], reader: Session) -> LetterWords:
    """The words of a circular or a notice that may be changed while it is a draft."""
    return await notices.words_of(reader, letter_id)


@put("/letters/{letter_id:str}/words/circular", guards=[_OFFICE])
async def reword_circular(
    letter_id: FromPath[str], data: JSONBody[CircularWords], me: Me, writer: Session
) -> LetterOut:
    """Change the words of a draft circular; its figures stay as they were counted."""
    letter = await notices.reword_circular(writer, letter_id, data, me=me)
    await writer.flush()
    return await queries.get_letter(writer, me, letter.id)


@put("/letters/{letter_id:str}/words/notice", guards=[_OFFICE])
async def reword_notice(letter_id: FromPath[str], data: JSONBody[NoticeWords], me: Me, writer: Session) -> LetterOut:
    """Change the words of a draft notice."""
    letter = await notices.reword_notice(writer, letter_id, data, me=me)
    await writer.flush()
    return await queries.get_letter(writer, me, letter.id)


@post("/letters/{letter_id:str}/figures", guards=[_OFFICE], status_code=200)
async def count_anew(
    letter_id: FromPath[str],
    me: Me,
    writer: Session,
    version: Annotated[int, QueryParameter(name="version", ge=1, le=1_000_000)],
) -> LetterOut:
    """Count a draft circular's figures as of today."""
    letter = await circulars.count_anew(writer, letter_id, version=version, me=me)
    await writer.flush()
    return await queries.get_letter(writer, me, letter.id)


HANDLERS: Final = (draft_circular, draft_notice, get_words, reword_circular, reword_notice, count_anew)
