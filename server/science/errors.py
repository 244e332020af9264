"""What the register of science rooms refuses."""

from __future__ import annotations

from server.errors import Refusal


class ScienceDiffers(Refusal):
    """Something else was entered under this id."""

    status = 409
    code = "science-differs"


class EntryWithdrawn(Refusal):
    """The entry was withdrawn before, for another reason."""

    status = 409
    code = "entry-withdrawn"
