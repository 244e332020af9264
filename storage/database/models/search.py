"""The words by which findings, tasks, inspections and letters are found."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base

Kind = Literal["finding", "task", "inspection", "letter"]


class SearchEntry(Base):
    """The folded words of one row of another table, and when that row came. Derived: it can be made anew.

    `number` ties it to `search_gram`, the index of its two-character pieces, which each database keeps in its own way
    (`storage/database/search.py`).
    """

    __tablename__ = "search_entry"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[Kind] = mapped_column(String(12))
    subject_id: Mapped[str] = mapped_column(String(36), unique=True)
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
