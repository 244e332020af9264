"""What meetings refuse."""

from __future__ import annotations

from server.errors import Refusal


class MeetingDiffers(Refusal):
    """Another meeting was entered under this id."""

    status = 409
    code = "meeting-differs"


class MeetingVersionDiffers(Refusal):
    """Somebody else changed the meeting since this page was loaded."""

    status = 409
    code = "meeting-version-differs"


class MeetingStepRefused(Refusal):
    """The meeting is not in a state for this."""

    status = 409
    code = "meeting-step-refused"


class DocumentUnderWay(Refusal):
    """The notice or the minutes are being reviewed: they are sent back before they are drawn up anew."""

    status = 409
    code = "meeting-document-under-way"


class DocumentStale(Refusal):
    """The meeting was changed after this document was drawn up."""

    status = 409
    code = "meeting-document-stale"


class ArrangementGiven(Refusal):
    """An arrangement whose task was given is changed on the task, not in the record."""

    status = 409
    code = "meeting-arrangement-given"
