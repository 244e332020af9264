"""What kinds of units there are. Pure."""

from __future__ import annotations

from typing import Final

OF_THE_GROUP: Final = frozenset({"lead", "member", "street"})
"""The units of the group (R3): they can owe a task, need their posts (R6) and have a column on the wall chart."""

ONE_OF_A_KIND: Final = frozenset({"lead", "office"})
"""There is one lead unit and one office (R2)."""
