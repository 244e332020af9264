"""A letter's content: the facts while it is a draft, the finished document from the signature on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import msgspec

from schemas.documents import Document
from server.documents.composing.assignment import Assignment, compose_assignment
from server.documents.composing.circular import Circular, compose_circular
from server.documents.composing.escalation import Approval, SituationReport, compose_approval, compose_situation_report
from server.documents.composing.minutes import Minutes, compose_minutes
from server.documents.composing.notice import Notice, compose_notice
from server.documents.composing.supervision import Supervision, compose_supervision

_COMPOSERS: Final[Mapping[str, tuple[type[Any], Callable[[Any], Document]]]] = {
    "assignment": (Assignment, compose_assignment),
    "supervision": (Supervision, compose_supervision),
    "approval": (Approval, compose_approval),
    "situation_report": (SituationReport, compose_situation_report),
    "circular": (Circular, compose_circular),
    "notice": (Notice, compose_notice),
    "minutes": (Minutes, compose_minutes),
}


@dataclass(frozen=True, slots=True)
class Finish:
    """What the signature adds: the number, the day, the signer. A draft has none of them."""

    number: int | None = None
    year: int | None = None
    signed_on: date | None = None
    signer: str = ""
    status: Literal["draft", "unsealed", "final"] = "draft"


def compose(kind: str, facts: Mapping[str, Any], finish: Finish) -> Document:
    """The document as it would be printed now."""
    struct, composer = _COMPOSERS[kind]
    told = msgspec.convert(facts, struct)
    frame = msgspec.structs.replace(
        told.frame,
        number=finish.number,
        year=finish.year or told.frame.year,
        signed_on=finish.signed_on,
        signer=finish.signer,
        status=finish.status,
    )
    return composer(msgspec.structs.replace(told, frame=frame))
