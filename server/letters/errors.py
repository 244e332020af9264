"""What letters refuse."""

from __future__ import annotations

from server.errors import Refusal


class LetterMoveRefused(Refusal):
    """The document is not in a state for this step (R42: no step of the chain is skipped)."""

    status = 409
    code = "letter-move-refused"


class LetterVersionDiffers(Refusal):
    """Somebody else changed the document since this page was loaded."""

    status = 409
    code = "letter-version-differs"


class MoveDiffers(Refusal):
    """Another step was already taken under this id."""

    status = 409
    code = "letter-step-differs"


class NothingEarned(Refusal):
    """A task earned no letter today, or stands in one already (R43)."""

    status = 409
    code = "letter-not-earned"


class NoGround(Refusal):
    """There is no ground for a supervision letter, or no parent of it, today (R46)."""

    status = 409
    code = "letter-no-ground"


class NoDecision(Refusal):
    """The 情况报告 cannot be written before the 批示 stands (R47)."""

    status = 409
    code = "letter-no-decision"


class ExtensionSpent(Refusal):
    """One agreed extension a letter (R46)."""

    status = 409
    code = "letter-extension-spent"


class NotAScan(Refusal):
    """What was sent as a scanned document is no PDF."""

    status = 415
    code = "not-a-scan"


class CircularExists(Refusal):
    """The month has its circular (R62)."""

    status = 409
    code = "letter-circular-exists"


class DraftDiffers(Refusal):
    """Something else was drafted under this id."""

    status = 409
    code = "letter-draft-differs"
