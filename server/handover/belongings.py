"""What is open at a unit: found for the preview and for its end alike (R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.tasks.workflow import LIVE
from storage.database.models import (
    DeclarationAsk,
    DeclarationMaterial,
    DeclarationReopening,
    DeclarationRound,
    Finding,
    Inspection,
    Letter,
    Meeting,
    MeetingArrangement,
    MeetingUnit,
    Post,
    Site,
    Task,
    TaskWatcher,
    Unit,
)

UNSIGNED = ("draft", "in_review")
_RUNNING = (*UNSIGNED, "signed", "issued", "sealed")


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything that a successor takes over, each in a steady order."""

    tasks: list[Task]
    letters: list[Letter]
    posts: list[Post]
    sites: list[Site]
    watched: list[TaskWatcher]
    materials: list[DeclarationMaterial]
    called: list[MeetingUnit]
    arrangements: list[MeetingArrangement]
    findings: list[Finding]
    seats: list[Unit]


async def belongings_of(
    session: AsyncSession, unit_id: str, *, today: date, last_on: date, lock: bool = False
) -> Belongings:
    """What is open at a unit today, and its posts that last beyond `last_on`. `lock` takes the rows of letters
    and tasks, in one order, before anything else.
    """
    letters = _letters(unit_id).with_for_update() if lock else _letters(unit_id)
    tasks = select(Task).where(Task.unit_id == unit_id, Task.status.in_(LIVE))
    locked = tasks.order_by(Task.id).with_for_update(key_share=True)
    return Belongings(
        letters=list(await session.scalars(letters)),
        tasks=list(await session.scalars(locked if lock else tasks.order_by(Task.due_on, Task.id))),
        posts=list(await session.scalars(_posts(unit_id, last_on))),
        sites=list(await session.scalars(_sites(unit_id))),
        watched=list(await session.scalars(_watched(unit_id))),
        materials=list(await session.scalars(_materials(unit_id, today))),
        called=list(await session.scalars(_called(unit_id))),
        arrangements=list(await session.scalars(_arrangements(unit_id))),
        findings=list(await session.scalars(_findings(unit_id))),
        seats=list(await session.scalars(_seats(unit_id))),
    )


def _letters(unit_id: str) -> Select[Letter]:
    """What the unit has to answer. A 呈批件 judges the unit that let its deadline pass, and stays with it (R47)."""
    query = select(Letter).where(Letter.unit_id == unit_id, Letter.kind.in_(("assignment", "supervision")))
    return query.where(Letter.state.in_(_RUNNING), Letter.closed_at.is_(None)).order_by(Letter.id)


def _posts(unit_id: str, last_on: date) -> Select[Post]:
    """One that was withdrawn before it began is nobody's."""
    lasting = and_(Post.valid_until > last_on, Post.valid_until >= Post.valid_from)
    query = select(Post).where(Post.unit_id == unit_id, or_(Post.valid_until.is_(None), lasting))
    return query.order_by(Post.valid_from, Post.id)


def _sites(unit_id: str) -> Select[Site]:
    theirs = or_(Site.unit_id == unit_id, Site.street_id == unit_id)
    return select(Site).where(theirs, Site.closed_on.is_(None)).order_by(Site.id)


def _watched(unit_id: str) -> Select[TaskWatcher]:
    query = select(TaskWatcher).join(Task, Task.id == TaskWatcher.task_id)
    return query.where(TaskWatcher.unit_id == unit_id, Task.status.in_(LIVE)).order_by(TaskWatcher.task_id)


def _materials(unit_id: str, today: date) -> Select[DeclarationMaterial]:
    """Of rounds that still take something in (R21)."""
    reopened = exists().where(
        DeclarationReopening.round_id == DeclarationRound.id, DeclarationReopening.until_on >= today
    )
    query = (
        select(DeclarationMaterial)
        .join(DeclarationAsk, DeclarationAsk.id == DeclarationMaterial.ask_id)
        .join(DeclarationRound, DeclarationRound.id == DeclarationAsk.round_id)
        .where(DeclarationMaterial.unit_id == unit_id, or_(DeclarationRound.closes_on >= today, reopened))
    )
    return query.order_by(DeclarationMaterial.id)


def _called(unit_id: str) -> Select[MeetingUnit]:
    """To meetings that have not been held."""
    ahead = select(Meeting.id).where(Meeting.held_at.is_(None), Meeting.cancelled_at.is_(None))
    query = select(MeetingUnit).where(MeetingUnit.unit_id == unit_id, MeetingUnit.meeting_id.in_(ahead))
    return query.order_by(MeetingUnit.meeting_id)


def _arrangements(unit_id: str) -> Select[MeetingArrangement]:
    """What a meeting arranged and no task says yet (R51)."""
    stands = select(Meeting.id).where(Meeting.cancelled_at.is_(None))
    query = select(MeetingArrangement).where(
        MeetingArrangement.unit_id == unit_id,
        MeetingArrangement.task_id.is_(None),
        MeetingArrangement.meeting_id.in_(stands),
    )
    return query.order_by(MeetingArrangement.id)


def _findings(unit_id: str) -> Select[Finding]:
    """Sightings that nobody decided on, and those whose feedback is still owed: the successor must be told (R39). What
    the unit was told stays under its name.
    """
    owed = and_(Finding.status == "confirmed", Inspection.state == "confirmed")
    query = select(Finding).join(Inspection, Inspection.id == Finding.inspection_id)
    return query.where(Finding.unit_id == unit_id, or_(Finding.status == "draft", owed)).order_by(Finding.id)


def _seats(unit_id: str) -> Select[Unit]:
    return select(Unit).where(Unit.seated_in_id == unit_id, Unit.member_until.is_(None)).order_by(Unit.id)
