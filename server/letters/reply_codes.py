"""What letters ask of the replies without an account, which are built on them: handed in, never imported."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import ReplyCode
from server.auth.actor import Actor
from storage.database.models import Letter


@runtime_checkable
class ReplyCodes(Protocol):
    """The printed codes of R44. They lie over a letter's copy like a stamp and are no part of what was signed."""

    async def follow(self, session: AsyncSession, letter: Letter, *, me: Actor) -> None:
        """A letter has taken a step: it may get a code now, or lose it."""

    async def code_of(self, session: AsyncSession, letter: Letter, *, me: Actor) -> ReplyCode | None:
        """The code on this reader's copy, or None."""
