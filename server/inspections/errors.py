"""What submitting an inspection refuses."""

from __future__ import annotations

from server.errors import Refusal


class InspectionDiffers(Refusal):
    """Another inspection already stands under this id."""

    status = 409
    code = "inspection-differs"


class AuthorDiffers(Refusal):
    """The work is not this session's person's. It stays on the phone until its author signs in."""

    status = 409
    code = "author-differs"
