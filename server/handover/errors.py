"""What a handover refuses."""

from __future__ import annotations

from server.errors import Refusal


class HandoverDiffers(Refusal):
    """Another handover was already done under this id."""

    status = 409
    code = "handover-differs"
