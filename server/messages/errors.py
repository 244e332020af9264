"""What messages refuse."""

from __future__ import annotations

from server.errors import Refusal


class ChaseDiffers(Refusal):
    """Another chasing was already kept under this id."""

    status = 409
    code = "chase-differs"


class StillOwed(Refusal):
    """The message is on its way already; only one that was given up is tried again."""

    status = 409
    code = "still-owed"


class ReadAlready(Refusal):
    """There is nobody left to remind: it has been read, or goes on paper."""

    status = 409
    code = "read-already"
