"""Plans, weekly and monthly summaries, and highlights."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.workplans import Decision, HighlightKind, SummaryKind, Verdict
from storage.database.base import Base, Id, IdKey, JsonDocument


class SummaryTemplate(Base):
    """What 区文明办 demands of summaries (R17). A later version never changes what was handed in under one before."""

    __tablename__ = "summary_template"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[IdKey]
    kind: Mapped[SummaryKind] = mapped_column(String(10))
    version: Mapped[int]
    requirements: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class Summary(Base):
    """One version of a unit's summary of a week or a month (R16), as it was handed in; the highest number holds.

    Only the decision is ever set afterwards, once. Whether it came late is computed from `sent_at`.
    """

    __tablename__ = "summary"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "period", "number"),
        Index("ix_summary_period", "kind", "period"),
    )

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[SummaryKind] = mapped_column(String(10))
    period: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    template_version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    body_sha256: Mapped[str] = mapped_column(String(64))
    correction: Mapped[str] = mapped_column(Text)
    entered_from: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]
    sent_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[Decision | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Highlight(Base):
    """A good practice or a model that a unit recommends (R18), and the office's verdict, set once."""

    __tablename__ = "highlight"
    __table_args__ = (Index("ix_highlight_sent", "sent_at", "id"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[HighlightKind] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    evidence: Mapped[str] = mapped_column(Text)
    body_sha256: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    sent_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[Verdict | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class WorkPlan(Base):
    """One version of a unit's plan of a year (R15); the highest number holds, none is overwritten."""

    __tablename__ = "work_plan"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    deployed_by: Mapped[str] = mapped_column(String(10))
    deployed_on: Mapped[date]
    deployment: Mapped[str] = mapped_column(Text)
    persons: Mapped[list[Any]] = mapped_column(JsonDocument)
    correction: Mapped[str] = mapped_column(Text)
    body_sha256: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    sent_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class PlanMilestone(Base):
    """A step of one version of a plan. `key` is the step's own id, which it keeps from version to version."""

    __tablename__ = "plan_milestone"
    __table_args__ = (Index("ix_plan_milestone_key", "key"),)

    plan_id: Mapped[Id] = mapped_column(ForeignKey("work_plan.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36))
    indicator_code: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)
    demand: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]


class MilestoneReached(Base):
    """A step that was reached: on which day, and what shows it. Said once."""

    __tablename__ = "milestone_reached"

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
    said_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class DecompositionFocus(Base):
    """Which indicators are 重点 in a month (R19): one version of the list; the highest number holds."""

    __tablename__ = "decomposition_focus"
    __table_args__ = (UniqueConstraint("month", "number"),)

    id: Mapped[IdKey]
    month: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    indicator_codes: Mapped[list[Any]] = mapped_column(JsonDocument)
    body_sha256: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class DecompositionLine(Base):
    """One version of what a unit does for an indicator in a month (R19); the highest number holds."""

    __tablename__ = "decomposition_line"
    __table_args__ = (UniqueConstraint("month", "unit_id", "indicator_code", "number"),)

    id: Mapped[IdKey]
    month: Mapped[str] = mapped_column(String(7))
    indicator_code: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    contact_on: Mapped[date | None]
    contact: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    body_sha256: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class DecompositionDone(Base):
    """A unit's word that it did what a month's line asks of it. Said once."""

    __tablename__ = "decomposition_done"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    indicator_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
    said_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
