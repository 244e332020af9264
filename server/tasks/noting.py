"""Writing into a task's history what moves nothing: that somebody was chased (R93)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from storage.database.models import Task, TaskAction


async def note_step(session: AsyncSession, task: Task, *, action: str, text: str, me: Actor, now: datetime) -> None:
    """Add an entry to the history of a task whose row the caller has locked. The task stays as it is."""
    seq = await session.scalar(select(func.max(TaskAction.seq)).where(TaskAction.task_id == task.id)) or 0
    body, step_id = {"action": action, "text": text}, ids.uuid7()
    detail = {"action": step_id, "body": digest(body), "kept": digest(body)}
    audit.record(session, actor=me, action=f"note_{action}", subject=("task", task.id), detail=detail)
    session.add(
        TaskAction(
            id=step_id,
            task_id=task.id,
            seq=seq + 1,
            action=action,
            at=now,
            received_at=now,
            actor_id=me.person_id,
            role=me.role,
            unit_id=me.unit_id,
            body=body,
            body_sha256=digest(body),
            accepted=True,
            refusal=None,
            answer={},
        )
    )
