"""What a person drew over a photo. It travels and is kept beside the bytes, never in them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Input

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_CORNERS = 4


class Mark(Input):
    """One stroke over the upright picture, x and y in turn, in shares of its width and height.

    An `arrow` goes from the first point to the second, a `circle` fills the box between two corners, a `pen` follows
    all its points. Raises ValueError where the number of points does not fit the shape.
    """

    shape: Literal["arrow", "circle", "pen"]
    points: Annotated[list[Share], msgspec.Meta(min_length=4, max_length=400)]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.points) % 2 or (self.shape != "pen" and len(self.points) != _CORNERS):
            raise ValueError("The points do not fit the shape")


Marks = Annotated[
    list[Mark], msgspec.Meta(max_length=40, description="drawn over the picture; its bytes stay as taken")
]
