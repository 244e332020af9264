"""What keeping people refuses."""

from __future__ import annotations

from server.errors import Refusal


class PersonDiffers(Refusal):
    """Somebody else was already entered under this id."""

    status = 409
    code = "person-differs"


class PostDiffers(Refusal):
    """Another post was already entered under this id."""

    status = 409
    code = "post-differs"
