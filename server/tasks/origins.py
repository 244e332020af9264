"""Where a task comes from (R41, R43a). Pure."""

from __future__ import annotations

from typing import Final, Protocol

from schemas.tasks import Origin

ASSIGNED: Final[frozenset[Origin]] = frozenset({"superior", "leader", "office", "complaint", "meeting", "ledger"})
"""Origins of a task that no inspection found."""


class _Sourced(Protocol):
    @property
    def source_name(self) -> str: ...
    @property
    def source_number(self) -> str: ...


def said_source(task: _Sourced) -> str:
    """The source of an assigned task in a few words: who gave it and under which number, as far as is known."""
    return " ".join(part for part in (task.source_name, task.source_number) if part)
