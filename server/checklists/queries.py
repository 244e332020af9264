"""What the editor of checklists reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklist_editing import (
    ChecklistDifferences,
    ChecklistDraftMark,
    ChecklistDraftOut,
    ChecklistFault,
    ChecklistOut,
    ChecklistVersionOut,
    ItemOwed,
)
from schemas.checklists import TemplateDocument, TemplateVersion
from server.catalogue import text
from server.checklists import versions
from server.checklists.consistency import faults_of
from server.checklists.differences import differences
from server.errors import NotFound
from storage.database.models import ChecklistDraft, Person, Task
from storage.database.models import TemplateVersion as Row

_LIVE = ("draft", "open", "replied")


async def list_checklists(session: AsyncSession) -> list[ChecklistOut]:
    """Every checklist with its versions and its draft, by code."""
    rows = list(await session.scalars(select(Row).order_by(Row.code, Row.version.desc())))
    drafts = {draft.code: draft for draft in await session.scalars(select(ChecklistDraft))}
    names = await _names(session, [row.published_by for row in rows], [draft.updated_by for draft in drafts.values()])
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return [_checklist(code, by_code[code], drafts.get(code), names) for code in sorted(by_code.keys() | drafts.keys())]


def _checklist(code: str, rows: list[Row], draft: ChecklistDraft | None, names: dict[str, str]) -> ChecklistOut:
    shown = next((row for row in rows if row.is_current), rows[0] if rows else None)
    document = versions.parse(shown) if shown else document_of(draft)
    return ChecklistOut(
        code=code,
        subject=document.subject,
        name=document.name,
        site_kinds=document.site_kinds,
        versions=[_version(row, names) for row in rows],
        draft=_mark(draft, names, is_new=not rows) if draft else None,
    )


def _version(row: Row, names: dict[str, str]) -> ChecklistVersionOut:
    return ChecklistVersionOut(
        id=row.id,
        version=row.version,
        published_on=row.published_on,
        published_by_name=names.get(row.published_by or "", ""),
        holds_from=row.holds_from,
        superseded_on=row.superseded_on,
        is_current=row.is_current,
        note=row.note,
        item_count=len(versions.parse(row).items),
    )


def _mark(draft: ChecklistDraft, names: dict[str, str], *, is_new: bool) -> ChecklistDraftMark:
    return ChecklistDraftMark(
        version=draft.version,
        updated_at=draft.updated_at,
        updated_by_name=names.get(draft.updated_by, ""),
        is_new=is_new,
    )


async def _names(session: AsyncSession, *ids: Collection[str | None]) -> dict[str, str]:
    wanted = {one for some in ids for one in some if one}
    found = await session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return dict(found.all())


def document_of(draft: ChecklistDraft | None) -> TemplateDocument:
    """What a draft says. Raises NotFound."""
    if draft is None:
        raise NotFound
    return msgspec.convert(draft.document, TemplateDocument)


async def get_version(session: AsyncSession, version_id: str) -> TemplateVersion:
    """One version whole. Raises NotFound."""
    found = (await versions.by_ids(session, [version_id])).get(version_id)
    if found is None:
        raise NotFound
    return found


async def get_draft(session: AsyncSession, code: str, language: str) -> ChecklistDraftOut:
    """A draft with its faults, what it changes, and which open tasks it leaves behind. Raises NotFound."""
    draft = await session.get(ChecklistDraft, code)
    if draft is None:
        raise NotFound
    document = document_of(draft)
    before = await newest(session, code)
    return ChecklistDraftOut(
        code=code,
        base_version_id=draft.base_version_id,
        document=document,
        version=draft.version,
        updated_at=draft.updated_at,
        updated_by_name=(await _names(session, [draft.updated_by])).get(draft.updated_by, ""),
        faults=[
            ChecklistFault(
                pointer=fault.pointer,
                code=fault.code,
                message=text("field_errors", fault.code, language, fault.params),
            )
            for fault in faults_of(document)
        ],
        differences=differences(before, document),
        owed=await owed(session, before, document),
    )


async def compare(session: AsyncSession, before_id: str, after_id: str) -> ChecklistDifferences:
    """What the second version says otherwise than the first. Raises NotFound."""
    return differences(await get_version(session, before_id), await get_version(session, after_id))


async def newest(session: AsyncSession, code: str) -> TemplateVersion | None:
    """The version that a draft would follow."""
    row = await session.scalar(select(Row).where(Row.code == code).order_by(Row.version.desc()).limit(1))
    return versions.parse(row) if row else None


async def owed(session: AsyncSession, before: TemplateDocument | None, after: TemplateDocument) -> list[ItemOwed]:
    """Items that are left out while tasks of them are to be struck off: no inspection would ask for them again."""
    kept = {item.code for item in after.items}
    gone = {item.code: item for item in before.items if item.code not in kept} if before else {}
    query = (
        select(Task.item_code, func.count())
        .where(Task.item_code.in_(gone), Task.status.in_(_LIVE))
        .group_by(Task.item_code)
    )
    counts = {code: count for code, count in await session.execute(query) if code is not None}
    return [ItemOwed(code=code, label=item.label, tasks=counts[code]) for code, item in gone.items() if code in counts]
