"""What the declaration refuses. A file that is not taken leaves nothing behind."""

from __future__ import annotations

from server.errors import Refusal


class RoundDiffers(Refusal):
    """Another round was entered under this id."""

    status = 409
    code = "declaration-differs"


class RoundVersionDiffers(Refusal):
    """Somebody else changed the round since this page was loaded."""

    status = 409
    code = "declaration-version-differs"


class RoundLocked(Refusal):
    """The round is closed; the office may open it again with a reason (R21)."""

    status = 409
    code = "declaration-locked"


class RoundNotOpen(Refusal):
    """The round has not begun."""

    status = 409
    code = "declaration-not-open"


class EditionDiffers(Refusal):
    """Another version was handed in under this id."""

    status = 409
    code = "declaration-edition-differs"


class DecisionRefused(Refusal):
    """The version is not the newest one that counts, or it was decided so already."""

    status = 409
    code = "declaration-decision-refused"


class PaperDiffers(Refusal):
    """Another paper copy was noted under this id."""

    status = 409
    code = "declaration-paper-differs"


class NothingHandedIn(Refusal):
    """There is no electronic version that the paper copy could be of."""

    status = 409
    code = "declaration-nothing-handed-in"


class ReportRefused(Refusal):
    """A document that is no report of the three office programs; the field error says why (R29)."""

    status = 422
    code = "declaration-report-refused"


class ReportTooLarge(Refusal):
    """More than 20 MB."""

    status = 413
    code = "declaration-report-too-large"
