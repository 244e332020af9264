"""What planning visits refuses."""

from __future__ import annotations

from server.errors import Refusal


class DrawDiffers(Refusal):
    """Another month was drawn under this id."""

    status = 409
    code = "visit-draw-differs"


class DrawStale(Refusal):
    """Since the draw, a site, an inspector or a visit of it has changed, or a day of it has passed."""

    status = 409
    code = "visit-draw-stale"


class VisitBegun(Refusal):
    """The visit has been begun, made or called off: it stays as it is."""

    status = 409
    code = "visit-begun"


class VisitVersionDiffers(Refusal):
    """Somebody else changed the visit since this page was loaded."""

    status = 409
    code = "visit-version-differs"
