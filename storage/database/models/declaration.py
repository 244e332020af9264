"""The declaration: rounds, what they ask for, what each unit owes, its versions and paper copies, and their files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.declaration import DocumentKind, EditionState, MaterialFormat, Part
from storage.database.base import Base, Id, IdKey, JsonDocument


class DeclarationRound(Base):
    """One declaration before an evaluation (R21). The outside system's password is kept nowhere."""

    __tablename__ = "declaration_round"

    id: Mapped[IdKey]
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(100))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    site_url: Mapped[str] = mapped_column(String(300))
    account_holder: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    created_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)


class DeclarationReopening(Base):
    """A closed round was opened again until a date, with a reason. Append-only."""

    __tablename__ = "declaration_reopening"
    __table_args__ = (Index("ix_declaration_reopening_round", "round_id"),)

    id: Mapped[IdKey]
    round_id: Mapped[Id] = mapped_column(ForeignKey("declaration_round.id"))
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class DeclarationAsk(Base):
    """What a round asks for, in one format: a snapshot of the catalogue as it was when the round was opened.

    `required_count` and `template_version` are empty until the outside system publishes them (R33, R34).
    """

    __tablename__ = "declaration_ask"
    __table_args__ = (UniqueConstraint("round_id", "material", "format"),)

    id: Mapped[IdKey]
    round_id: Mapped[Id] = mapped_column(ForeignKey("declaration_round.id"))
    position: Mapped[int]
    indicator: Mapped[str] = mapped_column(String(40))
    indicator_name: Mapped[str] = mapped_column(String(100))
    material: Mapped[str] = mapped_column(String(40))
    no: Mapped[str] = mapped_column(String(4))
    text: Mapped[str] = mapped_column(Text)
    format: Mapped[MaterialFormat] = mapped_column(String(4))
    provincial_opinion: Mapped[bool]
    length_exempt: Mapped[bool]
    required_count: Mapped[int | None]
    template_version: Mapped[str] = mapped_column(String(60))


class DeclarationMaterial(Base):
    """What one unit owes for one ask: it compiles, or contributes (R11)."""

    __tablename__ = "declaration_material"
    __table_args__ = (UniqueConstraint("ask_id", "unit_id"), Index("ix_declaration_material_unit", "unit_id"))

    id: Mapped[IdKey]
    ask_id: Mapped[Id] = mapped_column(ForeignKey("declaration_ask.id"))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    part: Mapped[Part] = mapped_column(String(12))


class DeclarationEdition(Base):
    """A version of a material as it was handed in; never changed but for the office's decision.

    `content` is `schemas.declaration.EditionIn`; `declared` names the file that is declared for each of its pictures.
    """

    __tablename__ = "declaration_edition"
    __table_args__ = (UniqueConstraint("material_id", "number"),)

    id: Mapped[IdKey]
    material_id: Mapped[Id] = mapped_column(ForeignKey("declaration_material.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    declared: Mapped[list[Any]] = mapped_column(JsonDocument)
    body_sha256: Mapped[str] = mapped_column(String(64))
    handed_in_at: Mapped[datetime]
    handed_in_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    entered_for: Mapped[bool]
    state: Mapped[EditionState] = mapped_column(String(10))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    override: Mapped[str] = mapped_column("override_reason", Text, default="")
    judgements: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)


class DeclarationPaper(Base):
    """A paper copy that the office received (R22): of the edition that was the newest then. Append-only."""

    __tablename__ = "declaration_paper"
    __table_args__ = (Index("ix_declaration_paper_material", "material_id"),)

    id: Mapped[IdKey]
    material_id: Mapped[Id] = mapped_column(ForeignKey("declaration_material.id"))
    edition: Mapped[int]
    received_on: Mapped[date]
    receiver: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class DeclarationFile(Base):
    """The bytes of a report, or of the copy of a picture that was made to fit, named by their SHA-256.

    `facts` is what was read in a document: `server.declaration.reading.documents.Facts`.
    """

    __tablename__ = "declaration_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(String(4))
    size_bytes: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    received_at: Mapped[datetime]


class DeclarationFileDelivery(Base):
    """Who delivered the bytes of a document: naming its hash gives nobody a right to it."""

    __tablename__ = "declaration_file_delivery"

    sha256: Mapped[str] = mapped_column(ForeignKey("declaration_file.sha256"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
