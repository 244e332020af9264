"""What planning a re-check refuses."""

from __future__ import annotations

from server.errors import Refusal


class RecheckDiffers(Refusal):
    """Another plan already stands under this id."""

    status = 409
    code = "recheck-differs"


class RecheckEnded(Refusal):
    """It has ended: there is nothing left to cancel."""

    status = 409
    code = "recheck-ended"
