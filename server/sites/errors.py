"""What keeping sites refuses."""

from __future__ import annotations

from server.errors import Refusal


class SiteDiffers(Refusal):
    """Another site was already entered under this id."""

    status = 409
    code = "site-differs"
