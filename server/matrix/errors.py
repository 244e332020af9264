"""What the matrix refuses."""

from __future__ import annotations

from server.errors import Refusal


class DutyDiffers(Refusal):
    """Another share was entered under this id."""

    status = 409
    code = "duty-differs"


class DutyThere(Refusal):
    """The unit has this share already on that day."""

    status = 409
    code = "duty-there"


class CompilerThere(Refusal):
    """Another unit was named to compile this requirement."""

    status = 409
    code = "compiler-there"


class DutyEnded(Refusal):
    """The share has an end already."""

    status = 409
    code = "duty-ended"


class CatalogueUnreadable(Refusal):
    """The file is JSON, and no catalogue of ours."""

    status = 422
    code = "catalogue-unreadable"


class CatalogueKnown(Refusal):
    """This very catalogue was taken before."""

    status = 409
    code = "catalogue-known"


class CatalogueDiffers(Refusal):
    """What is to be taken is not what was looked over."""

    status = 409
    code = "catalogue-differs"
