"""What keeping units refuses."""

from __future__ import annotations

from server.errors import Refusal


class UnitDiffers(Refusal):
    """Another unit was already entered under this id."""

    status = 409
    code = "unit-differs"
