"""Drafts of a checklist's next version, and the way from a draft to what is asked on the phones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.checklist_editing import ChecklistDraftIn, ChecklistPublish
from schemas.checklists import TemplateDocument
from server import clock
from server.audit import service as audit
from server.audit.service import Doer
from server.auth.actor import Actor
from server.checklists.consistency import faults_of
from server.checklists.errors import DraftChanged, ItemsOwed
from server.checklists.queries import document_of, newest, owed
from server.checklists.service import version_row
from server.errors import FieldError, NotFound, Unprocessable
from server.once import insert_new
from storage.database.models import ChecklistDraft, TemplateVersion

EffectListener = Callable[[AsyncSession, TemplateVersion], Awaitable[None]]
"""Told of each version whose day has come, in the transaction that puts it in force."""


async def save_draft(session: AsyncSession, asked: ChecklistDraftIn, *, me: Actor, code: str) -> None:
    """Keep a draft whole, also one that has faults; the same words again change nothing.

    Raises DraftChanged where somebody saved since, Unprocessable, NotFound for a base that is not this checklist's.
    """
    if asked.document.code != code:
        raise Unprocessable(errors=[FieldError("/document/code", "checklist-other-code")])
    if asked.base_version_id is not None:
        base = await session.get(TemplateVersion, asked.base_version_id)
        if base is None or base.code != code:
            raise NotFound
    content: dict[str, Any] = msgspec.to_builtins(asked.document)
    draft = await session.get(ChecklistDraft, code, with_for_update=True)
    if draft is not None and draft.document == content:
        return
    if (draft.version if draft else 0) != asked.version:
        raise DraftChanged
    if draft is None:
        await _begin(session, asked, content, me=me, code=code)
    else:
        draft.document, draft.version = content, draft.version + 1
        draft.updated_at, draft.updated_by = clock.now(), me.person_id
    detail = {"version": asked.version + 1, "items": len(asked.document.items)}
    audit.record(session, actor=me, action="save_checklist_draft", subject=("checklist", code), detail=detail)
    await session.flush()


async def _begin(session: AsyncSession, asked: ChecklistDraftIn, content: Any, *, me: Actor, code: str) -> None:
    row = {
        "code": code,
        "base_version_id": asked.base_version_id,
        "document": content,
        "version": 1,
        "updated_at": clock.now(),
        "updated_by": me.person_id,
    }
    if not await insert_new(session, ChecklistDraft, [row], "code"):
        raise DraftChanged  # two began at once


async def drop_draft(session: AsyncSession, *, me: Actor, code: str, version: int) -> None:
    """Throw a draft away; dropping what is gone changes nothing. Raises DraftChanged."""
    draft = await session.get(ChecklistDraft, code, with_for_update=True)
    if draft is None:
        return
    if draft.version != version:
        raise DraftChanged
    await session.delete(draft)
    audit.record(session, actor=me, action="drop_checklist_draft", subject=("checklist", code), detail={})


async def publish(
    session: AsyncSession, order: ChecklistPublish, *, me: Actor, code: str, listeners: Sequence[EffectListener]
) -> str:
    """Make a draft the next version, in force from its day on; the version's id.

    Visits that are planned keep their version unless `renews_visits`; what is being filled in keeps it always.
    Raises NotFound, DraftChanged, Unprocessable with every fault, ItemsOwed.
    """
    draft = await session.get(ChecklistDraft, code, with_for_update=True)
    document = document_of(draft)
    if draft is None or draft.version != order.version:
        raise DraftChanged
    before = await newest(session, code)
    today = clock.today()
    errors = [FieldError(fault.pointer, fault.code, fault.params) for fault in faults_of(document)]
    if order.holds_from < today:
        errors.append(FieldError("/holdsFrom", "checklist-holds-before-today"))
    if before is not None and _same(before, document):
        errors.append(FieldError("/document", "checklist-nothing-changed"))
    if errors:
        raise Unprocessable(errors=errors)
    left_behind = [one for one in await owed(session, before, document) if one.code not in order.accepted]
    if left_behind:
        codes = "、".join(f"{one.code}（{one.tasks}）" for one in left_behind)
        raise ItemsOwed(items=codes)
    number = (before.version if before else 0) + 1
    final = msgspec.structs.replace(document, version=number, published_on=today)
    row = version_row(final, holds_from=order.holds_from)
    row.note, row.published_by, row.renews_visits = order.note.strip(), me.person_id, order.renews_visits
    session.add(row)
    await session.delete(draft)
    detail = {"code": code, "version": number, "holdsFrom": order.holds_from.isoformat(), "accepted": order.accepted}
    audit.record(session, actor=me, action="publish_checklist", subject=("template_version", row.id), detail=detail)
    await session.flush()
    await take_effect(session, today, actor=me, listeners=listeners)
    return row.id


def _same(before: TemplateDocument, after: TemplateDocument) -> bool:
    def words(one: TemplateDocument) -> dict[str, Any]:
        told: dict[str, Any] = msgspec.to_builtins(one)
        return {name: value for name, value in told.items() if name not in ("id", "version", "publishedOn")}

    return words(before) == words(after)


async def is_due(session: AsyncSession, today: date) -> bool:
    """Whether the day of a version has come that is not in force; one that a later one overtook counts not."""
    later = aliased(TemplateVersion)
    overtaken = exists().where(
        later.code == TemplateVersion.code, later.version > TemplateVersion.version, later.holds_from <= today
    )
    query = select(TemplateVersion.id).where(
        TemplateVersion.holds_from <= today, TemplateVersion.is_current.is_(False), ~overtaken
    )
    return await session.scalar(query.limit(1)) is not None


async def take_effect(
    session: AsyncSession, today: date, *, actor: Doer, listeners: Sequence[EffectListener] = ()
) -> int:
    """Put in force every version whose day has come, the highest of each checklist; how many. Twice does nothing."""
    query = select(TemplateVersion).where(TemplateVersion.holds_from <= today).order_by(TemplateVersion.version)
    highest = {row.code: row for row in await session.scalars(query)}
    due = [row for row in highest.values() if not row.is_current]
    for row in due:
        # One holder at a time: the row of the version that goes is locked before the other is put in its place.
        older = select(TemplateVersion).where(TemplateVersion.code == row.code, TemplateVersion.is_current)
        for gone in await session.scalars(older.where(TemplateVersion.id != row.id).with_for_update()):
            gone.is_current, gone.superseded_on = False, today
        row.is_current = True
        await session.flush()
        for tell in listeners:
            await tell(session, row)
        detail = {"code": row.code, "version": row.version}
        audit.record(
            session, actor=actor, action="checklist_takes_effect", subject=("template_version", row.id), detail=detail
        )
    return len(due)
