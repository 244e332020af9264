"""One search over sites, findings, tasks and letters. Each kind is scoped by its own list (R8)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.search import Found, Hit, HitKind, Hits
from server.auth import roles
from server.auth.actor import Actor
from server.indexing.grams import folded, runs
from server.letters.queries import WantedLetters, list_letters
from server.tasks.queries import Wanted, list_findings, list_tasks
from storage.database.models import Site

_SHOWN = 6


async def search(session: AsyncSession, me: Actor, asked: str, language: str) -> Found:
    """The newest hits of each kind. Nothing where nothing can be searched for."""
    wanted = Wanted(q=asked, limit=_SHOWN)
    findings = await list_findings(session, me, wanted, language)
    tasks = await list_tasks(session, me, wanted, language)
    letters = await list_letters(session, me, WantedLetters(q=asked, limit=_SHOWN))
    found = [
        _hits("site", await _sites(session, me, asked)),
        _hits(
            "finding",
            [
                Hit(
                    kind="finding",
                    id=row.id,
                    title=row.problem,
                    beside=row.site_name,
                    status=row.status,
                    at=row.received_at,
                )
                for row in findings.items
            ],
            has_more=findings.next is not None,
        ),
        _hits(
            "task",
            [
                Hit(
                    kind="task",
                    id=row.id,
                    title=row.problem,
                    beside=" · ".join(part for part in (row.number, row.site_name, row.unit_name) if part),
                    status=row.status,
                    at=row.created_at,
                )
                for row in tasks.items
            ],
            has_more=tasks.next is not None,
        ),
        _hits(
            "letter",
            [
                Hit(
                    kind="letter",
                    id=row.id,
                    title=row.title,
                    beside=" · ".join(part for part in (row.number, row.unit_name) if part),
                    status=row.state,
                    at=row.created_at,
                )
                for row in letters.items
            ],
            has_more=letters.next is not None,
        ),
    ]
    return Found(kinds=[hits for hits in found if hits.hits])


def _hits(kind: HitKind, hits: Sequence[Hit], *, has_more: bool = False) -> Hits:
    return Hits(kind=kind, hits=list(hits[:_SHOWN]), has_more=has_more or len(hits) > _SHOWN)


async def _sites(session: AsyncSession, me: Actor, asked: str) -> list[Hit]:
    """Sites by name, code, address and institution. They are few, so their words are folded as they are read."""
    wanted = runs(asked)
    if me.role not in roles.DISTRICT or not wanted:
        return []
    columns = (Site.id, Site.name, Site.code, Site.address, Site.institution)
    rows = await session.execute(select(*columns).order_by(Site.code))
    return [
        Hit(kind="site", id=site_id, title=name, beside=f"{code} · {address}", status=None, at=None)
        for site_id, name, code, address, institution in rows
        if all(run in folded(f"{name} {code} {address} {institution}") for run in wanted)
    ]
