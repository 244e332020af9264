"""Good practices and models that units recommend, and the office's verdict on them (R18)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.wire import Page
from schemas.workplans import HighlightIn, HighlightOut, HighlightVerdict
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.paging import Order, paged, split
from server.workplans.errors import HighlightDecided, HighlightDiffers
from storage.database.models import Highlight, Person, Unit

_ORDER = Order(Highlight.sent_at, Highlight.id)


async def recommend(session: AsyncSession, highlight_id: str, asked: HighlightIn, *, me: Actor) -> bool:
    """Recommend something to the office; whether it is new. The same again changes nothing.

    Raises HighlightDiffers, NotAllowed, Unprocessable.
    """
    if me.unit_id is None:
        raise NotAllowed
    errors = [] if ids.is_uuid(highlight_id) else [FieldError("/id", "bad-id")]
    for field in ("title", "text"):
        if not getattr(asked, field).strip():
            errors.append(FieldError(f"/{field}", "required"))
    if asked.on > clock.today():
        errors.append(FieldError("/on", "day-ahead"))
    if errors:
        raise Unprocessable(errors=errors)
    told = digest(asked)
    known = await session.get(Highlight, highlight_id)
    if known is not None:
        if (known.unit_id, known.body_sha256) != (me.unit_id, told):
            raise HighlightDiffers
        return False
    highlight = Highlight(
        id=highlight_id,
        unit_id=me.unit_id,
        kind=asked.kind,
        title=asked.title.strip(),
        text=asked.text.strip(),
        on=asked.on,
        evidence=asked.evidence.strip(),
        body_sha256=told,
        sent_at=clock.now(),
        sent_by=me.person_id,
    )
    session.add(highlight)
    detail = {"kind": asked.kind, "body": told}
    audit.record(session, actor=me, action="recommend_highlight", subject=("highlight", highlight_id), detail=detail)
    return True


async def judge(session: AsyncSession, highlight_id: str, asked: HighlightVerdict, *, me: Actor) -> None:
    """Adopt it, or decline it with a reason; once. Raises NotFound, HighlightDecided, Unprocessable."""
    highlight = await session.get(Highlight, highlight_id, with_for_update=True)
    if highlight is None:
        raise NotFound
    if highlight.verdict is not None:
        if (highlight.verdict, highlight.reason) == (asked.verdict, asked.reason.strip()):
            return
        raise HighlightDecided
    if asked.verdict == "declined" and not asked.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "required")])
    highlight.verdict, highlight.reason = asked.verdict, asked.reason.strip()
    highlight.decided_at, highlight.decided_by = clock.now(), me.person_id
    detail = {"verdict": asked.verdict, "reason": highlight.reason}
    audit.record(session, actor=me, action="judge_highlight", subject=("highlight", highlight_id), detail=detail)


async def list_highlights(session: AsyncSession, me: Actor, *, cursor: str | None, limit: int) -> Page[HighlightOut]:
    """Recommendations, the newest first; a unit's people see their own unit's (R8)."""
    query = select(Highlight)
    if me.is_unit:
        query = query.where(Highlight.unit_id == me.unit_id)
    rows = list(await session.scalars(paged(query, _ORDER, cursor=cursor, limit=limit)))
    shown, after = split(rows, _ORDER, limit=limit)
    units = dict((await session.execute(select(Unit.id, Unit.name))).all())
    senders = {row.sent_by for row in shown}
    who = dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(senders)))).all())
    items = [
        HighlightOut(
            id=row.id,
            unit_id=row.unit_id,
            unit_name=units.get(row.unit_id, ""),
            kind=row.kind,
            title=row.title,
            text=row.text,
            on=row.on,
            evidence=row.evidence,
            sent_at=row.sent_at,
            sent_by=who.get(row.sent_by, ""),
            verdict=row.verdict,
            reason=row.reason,
            decided_at=row.decided_at,
        )
        for row in shown
    ]
    return Page(items=items, next=after)
