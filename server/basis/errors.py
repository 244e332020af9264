"""What the basis library refuses."""

from __future__ import annotations

from server.errors import Refusal


class BasisDiffers(Refusal):
    """Another paper was entered under this id."""

    status = 409
    code = "basis-differs"
