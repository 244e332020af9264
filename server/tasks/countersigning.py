"""Confirming a sighting that was put right on the spot strikes its task off (R40)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.actor import Actor
from server.tasks.circumstances import Circumstances
from server.tasks.on_spot import Seen, last_word, status_after
from storage.database.models import Finding, PhotoUse, Task


async def countersign(
    session: AsyncSession, task: Task, drafts: Sequence[Finding], *, refused: bool, where: Circumstances
) -> None:
    """Close the task, or let it wait for a verifier, where the last of these sightings was closed on the spot (R40).

    The one who saw it put right struck it off (原检查人复核); who confirms countersigns.
    """
    if task.status not in ("open", "replied"):
        return
    seen = last_word(await _seen(session, drafts))
    status = status_after(
        seen,
        refused=refused,
        by_person=isinstance(where.me, Actor),
        strict=where.rules.strict_verification,
    )
    if seen is None or status is None:
        return
    task.return_proposed = False
    if status == "closed":
        task.status, task.closed_kind = "closed", "on_spot"
        task.closed_at, task.closed_by = where.now, seen.finder_id
    elif task.status == "open":
        task.status, task.replied_at, task.replied_by = "replied", where.now, None


async def _seen(session: AsyncSession, drafts: Sequence[Finding]) -> list[Seen]:
    query = select(PhotoUse.finding_id).where(
        PhotoUse.finding_id.in_([finding.id for finding in drafts]),
        PhotoUse.purpose == "on_spot",
        PhotoUse.state == "received",
    )
    proved = set(await session.scalars(query))
    return [Seen(one.id, one.finder_id, one.seen_at, one.on_spot, one.id in proved) for one in drafts]
