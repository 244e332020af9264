"""The signing chain of a document as one table (official-documents, section 1). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from schemas.letters import LetterKind, LetterState
from server.auth import roles

LetterAction = Literal[
    "send_to_review", "send_back", "confirm", "sign", "issue", "seal", "archive", "cancel", "submit", "decide"
]  # fmt: skip

LETTERS: Final[Mapping[tuple[LetterState, LetterAction], LetterState]] = {
    ("draft", "send_to_review"): "in_review",
    ("draft", "cancel"): "cancelled",
    ("in_review", "send_back"): "draft",
    ("in_review", "cancel"): "cancelled",
    ("in_review", "sign"): "signed",
    ("signed", "issue"): "issued",
    ("signed", "cancel"): "cancelled",
    ("issued", "seal"): "sealed",
    ("issued", "archive"): "archived",
    ("sealed", "seal"): "sealed",
    ("sealed", "archive"): "archived",
}
"""拟稿 → 核稿 → 签发（编号）→ 印发 → 用印（扫描）→ 归档. The number is given with the signature, so that a signed
letter always has one; deadlines run from the issue. A scan of the sealed paper may follow when it has been made.
"""

APPROVALS: Final[Mapping[tuple[LetterState, LetterAction], LetterState]] = {
    ("draft", "send_to_review"): "in_review",
    ("draft", "cancel"): "cancelled",
    ("in_review", "send_back"): "draft",
    ("in_review", "cancel"): "cancelled",
    ("in_review", "submit"): "submitted",
    ("submitted", "decide"): "decided",
    ("decided", "archive"): "archived",
}
"""呈批件: no seal; the group leader's 批示 decides (R47)."""

MINUTES: Final[Mapping[tuple[LetterState, LetterAction], LetterState]] = {
    ("draft", "send_to_review"): "in_review",
    ("draft", "cancel"): "cancelled",
    ("in_review", "send_back"): "draft",
    ("in_review", "cancel"): "cancelled",
    ("in_review", "confirm"): "confirmed",
    ("confirmed", "send_back"): "draft",
    ("confirmed", "cancel"): "cancelled",
    ("confirmed", "sign"): "signed",
    ("signed", "issue"): "issued",
    ("signed", "cancel"): "cancelled",
    ("issued", "archive"): "archived",
}
"""会议纪要: the group leader reads and confirms it before it is numbered; it bears no seal (R50)."""

MAY: Final[Mapping[LetterAction, frozenset[str]]] = {
    "send_to_review": frozenset({roles.OFFICE}),
    "send_back": frozenset({roles.OFFICE}),
    "confirm": frozenset({roles.GROUP_LEADER, roles.OFFICE}),
    "sign": frozenset({roles.OFFICE}),
    "issue": frozenset({roles.OFFICE}),
    "seal": frozenset({roles.OFFICE}),
    "archive": frozenset({roles.OFFICE}),
    "cancel": frozenset({roles.OFFICE}),
    "submit": frozenset({roles.OFFICE}),
    "decide": frozenset({roles.GROUP_LEADER, roles.OFFICE}),
}
"""Only the office issues (R4). The leader decides and confirms in person; the office enters it from paper (R95)."""

IMMUTABLE: Final = frozenset({"signed", "issued", "sealed", "submitted", "decided", "archived", "cancelled"})


def table_of(kind: LetterKind) -> Mapping[tuple[LetterState, LetterAction], LetterState]:
    """The chain of a kind of document."""
    return {"approval": APPROVALS, "minutes": MINUTES}.get(kind, LETTERS)


def next_state(kind: LetterKind, state: LetterState, action: LetterAction) -> LetterState | None:
    """Where an action leads, or None where the chain does not have it."""
    return table_of(kind).get((state, action))


def allowed(kind: LetterKind, state: LetterState, role: str) -> list[LetterAction]:
    """What a role may do with a document in this state."""
    return [action for action, who in MAY.items() if role in who and (state, action) in table_of(kind)]
