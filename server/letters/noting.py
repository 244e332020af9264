"""A step of a letter is written down with everything that it said, and noted in the chain (R89)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from storage.database.models import Letter, LetterStep


def note_step(
    session: AsyncSession,
    letter: Letter,
    *,
    step_id: str,
    body: Mapping[str, Any],
    me: Actor,
    at: datetime,
    entered_for: str | None = None,
    original_on: date | None = None,
    **detail: Any,
) -> None:
    """Write a step down; `body` names its action. `entered_for` is the unit or the person whose word the office entered
    on `original_on`, `detail` what the chain tells beside the letter's state.
    """
    action = body["action"]
    session.add(
        LetterStep(
            id=step_id,
            letter_id=letter.id,
            action=action,
            at=at,
            actor_id=me.person_id,
            role=me.role,
            unit_id=me.unit_id,
            on_behalf_of=entered_for,
            original_on=original_on,
            body=dict(body),
            body_sha256=digest(body),
        )
    )
    told = {"step": step_id, "state": letter.state, "for": entered_for, **detail}
    audit.record(session, actor=me, action=f"letter_{action}", subject=("letter", letter.id), detail=told)
