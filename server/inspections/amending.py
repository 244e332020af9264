"""A correction after the first send is a new version that points to the old one; nothing is overwritten (R37)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.inspections import InspectionIn
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError
from server.tasks.opening import Placed
from storage.database.models import Finding, Inspection, Task

REASON = "检查记录已由检查人员更正"


async def target_of(
    session: AsyncSession, document: InspectionIn, *, version: TemplateVersion, by: Actor
) -> tuple[str | None, list[FieldError]]:
    """The id of the inspection that a document amends: the author's own, of the same site and checklist, and the
    newest version of it; and the fault where it names another.
    """
    if document.amends is None:
        return None, []
    old = await session.get(Inspection, document.amends)
    if old is not None and old.amended_by_id is None:
        asked = (by.person_id, document.site_id, version.code)
        if (old.author_id, old.site_id, old.template_code) == asked:
            return old.id, []
    return None, [FieldError("/amends", "amends-unknown")]


async def supersede(
    session: AsyncSession, document: InspectionIn, placed: Sequence[Placed], *, by: Actor, row: Inspection
) -> None:
    """Void the old version's findings. A draft task that no finding holds any more is void with them.

    A task that was confirmed already goes on: only the office may void it.
    """
    if document.amends is None:
        return
    old = await session.get_one(Inspection, document.amends)
    old.amended_by_id = row.id
    tasks = {one.task_id for one in placed}
    findings = await session.scalars(
        select(Finding).where(Finding.inspection_id == old.id, Finding.status != "void").order_by(Finding.id)
    )
    for finding in findings:
        finding.status, finding.void_reason = "void", REASON
        finding.decided_at, finding.decided_by = row.received_at, by.person_id
        if finding.task_id not in tasks:
            await _void_if_unheld(session, finding.task_id, by=by, row=row)
    if old.state == "submitted":
        old.state = "confirmed"
        old.confirmed_at, old.confirmed_by = row.received_at, by.person_id
    audit.record(session, actor=by, action="amend_inspection", subject=("inspection", old.id), detail={"by": row.id})


async def _void_if_unheld(session: AsyncSession, task_id: str, *, by: Actor, row: Inspection) -> None:
    await session.flush()
    task = await session.get_one(Task, task_id)
    held = select(Finding.id).where(Finding.task_id == task_id, Finding.status != "void").limit(1)
    if task.status == "draft" and await session.scalar(held) is None:
        task.status, task.closed_kind, task.version = "void", "void", task.version + 1
        task.closed_at, task.closed_by, task.updated_at = row.received_at, by.person_id, row.received_at
        audit.record(session, actor=by, action="void", subject=("task", task.id), detail={"amended": row.id})
