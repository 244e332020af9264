"""What plans and reporting refuse."""

from __future__ import annotations

from server.errors import Refusal


class SummaryDiffers(Refusal):
    """Another summary was handed in under this id."""

    status = 409
    code = "summary-differs"


class SummaryAccepted(Refusal):
    """The period's summary was taken: only a correction with its reason follows it."""

    status = 409
    code = "summary-accepted"


class SummaryDecided(Refusal):
    """Somebody else decided on this summary, or a newer version came."""

    status = 409
    code = "summary-decided"


class HighlightDiffers(Refusal):
    """Another recommendation was sent under this id."""

    status = 409
    code = "highlight-differs"


class HighlightDecided(Refusal):
    """The recommendation was decided on."""

    status = 409
    code = "highlight-decided"


class TemplateDiffers(Refusal):
    """Other demands were entered under this id."""

    status = 409
    code = "template-differs"


class PlanDiffers(Refusal):
    """Another plan was handed in under this id."""

    status = 409
    code = "plan-differs"


class MilestoneSaid(Refusal):
    """It was said before that this step was reached."""

    status = 409
    code = "milestone-said"


class DecompositionDiffers(Refusal):
    """Something else was entered under this id."""

    status = 409
    code = "decomposition-differs"


class LineSaid(Refusal):
    """It was said before that this line is done."""

    status = 409
    code = "line-said"
