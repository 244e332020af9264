"""Lists that an office brings along: each file with its rows, what was corrected, and which task became of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.imports import ImportKind, ImportState, RowState
from storage.database.base import Base, Id, IdKey, JsonDocument


class Import(Base):
    """One file that was brought (R91, R92). Its bytes are kept as they came, under their hash.

    `tables` holds the name and number of rows of each of its tables; `titles` and `fields` the headings of the
    chosen one and what each of its columns holds.
    """

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_received", "received_at", "id"),)

    id: Mapped[IdKey]
    kind: Mapped[ImportKind] = mapped_column(String(10))
    state: Mapped[ImportState] = mapped_column(String(10))
    file_name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(5))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    source_name: Mapped[str] = mapped_column(String(200))
    source_number: Mapped[str] = mapped_column(String(60))
    due_on: Mapped[date | None]
    wants_letter: Mapped[bool]
    tables: Mapped[list[Any]] = mapped_column(JsonDocument)
    table: Mapped[int] = mapped_column("table_place")
    heading_row: Mapped[int]
    titles: Mapped[list[Any]] = mapped_column(JsonDocument)
    fields: Mapped[list[Any]] = mapped_column(JsonDocument)
    received_at: Mapped[datetime]
    received_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None] = mapped_column(String(36))
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(default=1)


class ImportRow(Base):
    """A row of the chosen table. `key` tells its content again; `position` puts errors first.

    `cells` are the texts of the file by column, `corrections` those of a person by field. The id is the id of the
    task that the row becomes; `task_id` names that task, or the one that it already was.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_import_row_position", "import_id", "position"),
        Index("ix_import_row_key", "key"),
        Index("ix_import_row_task", "task_id"),
    )

    id: Mapped[IdKey]
    import_id: Mapped[Id] = mapped_column(ForeignKey("import_file.id"))
    number: Mapped[int]
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    cells: Mapped[list[Any]] = mapped_column(JsonDocument)
    corrections: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    state: Mapped[RowState] = mapped_column(String(10))
    chosen: Mapped[bool | None]
    draft: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    faults: Mapped[list[Any]] = mapped_column(JsonDocument)
    pictures: Mapped[list[Any]] = mapped_column(JsonDocument)
    task_id: Mapped[str | None] = mapped_column(String(36))
    is_new: Mapped[bool]
