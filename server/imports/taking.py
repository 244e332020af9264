"""Makes tasks of the rows that were chosen, all in one transaction (R91, R92)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from server.imports.errors import ImportChanged, NothingChosen, TooManyChosen
from server.imports.picturing import receive_pictures
from server.imports.rows import Draft
from server.imports.service import find
from server.imports.states import is_chosen
from server.imports.understanding import draft_of, understand
from server.imports.words import words
from server.photos.desk import PhotoDesk
from server.photos.flags import Setting
from server.photos.holding import hold_photos
from server.photos.service import Claim, claim_photos
from server.tasks.assigning import Assignment, assign_task, terms_of
from storage.database.models import Import, ImportRow, Task, TaskAction

# While they are made nobody else writes on SQLite: some seconds, not a minute.
MOST_AT_ONCE: Final = 500
# Two take-overs must not both find that a row is new; on SQLite a writing transaction is alone already.
_ALONE: Final = text("SELECT pg_advisory_xact_lock(7321092)")


async def take_over(desk: PhotoDesk, *, me: Actor, import_id: str, version: int) -> None:
    """Make a task of each chosen row. Nothing is made twice: rows are understood anew against what is there now, and
    a row that meanwhile became known, or wrong, is left with the reason.

    Raises NotFound, ImportChanged, NothingChosen, TooManyChosen, StoreAway, Unprocessable.
    """
    async with desk.district.database.reading() as session:
        imported = await find(session, import_id)
        chosen, has_known = await _chosen(session, imported)
        if imported.version != version:
            raise ImportChanged
        if not chosen and not (has_known and imported.state == "preview"):
            raise NothingChosen
        if imported.kind == "superior" and not imported.source_name.strip():
            raise Unprocessable(errors=[FieldError("/sourceName", "import-source-needed")])
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyChosen(most=MOST_AT_ONCE, chosen=len(chosen))
    await receive_pictures(desk, me=me, import_id=import_id, only_chosen=[row.number for row in chosen], a_while=False)
    async with desk.district.database.writing() as session:
        await _take(session, me, import_id, version)


async def _chosen(session: AsyncSession, imported: Import) -> tuple[list[ImportRow], bool]:
    """The rows that are chosen, and whether any is a task already."""
    query = select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.is_new.is_(False))
    rows = list(await session.scalars(query.order_by(ImportRow.number)))
    return [row for row in rows if is_chosen(row.state, row.chosen)], any(row.state == "existing" for row in rows)


async def _take(session: AsyncSession, me: Actor, import_id: str, version: int) -> None:
    imported = await find(session, import_id, lock=True)
    if imported.version != version:  # the same click twice
        raise ImportChanged
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_ALONE)
    await understand(session, imported)
    await session.flush()
    rows, has_known = await _chosen(session, imported)
    imported.version += 1
    if not rows and not has_known:  # the reasons that have come up since stay in the preview
        return
    await hold_photos(session, [sha256 for row in rows for sha256 in _hashes(imported, row)])
    drafts = [draft_of(row) for row in rows]
    terms = await terms_of(session, with_items=any(draft.item_code for draft in drafts))
    for row, draft in zip(rows, drafts, strict=True):
        task = await assign_task(session, me=me, assignment=_assignment(imported, row, draft), terms=terms)
        row.task_id, row.is_new = task.id, True
        await _tell_done(session, me, task, draft, _hashes(imported, row, after=True))
    imported.state = "taken"
    imported.taken_at, imported.taken_by = imported.taken_at or clock.now(), imported.taken_by or me.person_id
    audit.record(
        session, actor=me, action="take_over_list", subject=("import", imported.id), detail={"tasks": len(rows)}
    )


async def _tell_done(session: AsyncSession, me: Actor, task: Task, draft: Draft, after: Sequence[str]) -> None:
    """Put what the list says was done, and the photos of it (`after`), into the task's history."""
    said = draft.done or draft.measure
    if draft.replied_on is None and not said and not after:
        return
    action = "progress" if draft.replied_on is None else "reply"
    step = _step(me, task, draft, action, after)
    session.add(step)
    if draft.replied_on is not None:
        task.status, task.replied_at = "replied", step.at
    detail = {"action": step.id, "status": task.status, "accepted": True, "body": step.body_sha256}
    audit.record(session, actor=me, action=action, subject=("task", task.id), detail=detail)
    if after:
        claim = Claim(
            purpose=action,
            hashes=after,
            task_id=task.id,
            action_id=step.id,
            site_id=draft.site_id,
            setting=Setting(place_and_time_matter=False),
        )
        await session.flush()
        await claim_photos(session, me=me, claims=[claim])


def _assignment(imported: Import, row: ImportRow, draft: Draft) -> Assignment:
    is_superior = imported.kind == "superior"
    twice = any(fault["code"] == "item-twice" for fault in row.faults)
    return Assignment(
        id=row.id,
        origin="superior" if is_superior else "ledger",
        problem=draft.problem,
        requirement=draft.requirement,
        unit_id=draft.unit_id or "",
        severity=draft.severity,
        due_on=draft.due_on,
        institution=draft.institution,
        site_id=draft.site_id,
        item_code=None if twice else draft.item_code,
        watcher_ids=tuple(draft.watcher_ids),
        source_name=imported.source_name if is_superior else _source_of(draft),
        source_number=imported.source_number if is_superior else draft.number,
        source_id=imported.id,
        given_on=draft.found_on,
        wants_letter=is_superior and imported.wants_letter,
        photos=tuple(_hashes(imported, row)),
    )


def _source_of(draft: Draft) -> str:
    name = str(words()["source_of_ledger"])
    return f"{name}（{draft.origin}）" if draft.origin else name


def _hashes(imported: Import, row: ImportRow, *, after: bool = False) -> list[str]:
    """The photos of a row that were received: those of the fault, or those of what was done."""
    found = [
        picture["sha256"]
        for picture in row.pictures
        if picture["sha256"] and is_after(imported.fields, picture["column"]) is after
    ]
    return list(dict.fromkeys(found))


def is_after(fields: Sequence[str | None], column: int) -> bool:
    """Whether a picture in this column shows the place after it was put right."""
    return column < len(fields) and fields[column] in ("after", "done")


def _step(me: Actor, task: Task, draft: Draft, action: str, photos: Sequence[str]) -> TaskAction:
    """What the list says was done, in the history as the unit's own: no person of ours did it, so any may verify."""
    now = clock.now()
    body: dict[str, Any] = {
        "text": draft.done or draft.measure or words()["done_unsaid"],
        "measure": draft.measure or None,
        "photos": list(photos),
        "enteredBy": me.person_id,
    }
    return TaskAction(
        id=ids.uuid7(),
        task_id=task.id,
        seq=2,
        action=action,
        at=clock.start_of_day(draft.replied_on) if draft.replied_on else now,
        received_at=now,
        actor_id=None,
        role=me.role,
        unit_id=task.unit_id,
        body=body,
        body_sha256=digest(body),
        accepted=True,
        refusal=None,
        answer={},
    )


async def tasks_of(session: AsyncSession, import_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By import: how many tasks its rows are, and how many of them are not finished."""
    done = func.sum(case((Task.status.in_(("closed", "void")), 1), else_=0))
    query = (
        select(ImportRow.import_id, func.count(), done)
        .join(Task, Task.id == ImportRow.task_id)
        .join(Import, Import.id == ImportRow.import_id)
        .where(ImportRow.import_id.in_(import_ids), Import.state == "taken")
        .group_by(ImportRow.import_id)
    )
    return {import_id: (int(count), int(count - over)) for import_id, count, over in await session.execute(query)}
