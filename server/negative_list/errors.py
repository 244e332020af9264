"""What the negative list refuses."""

from __future__ import annotations

from server.errors import Refusal


class EntryVersionDiffers(Refusal):
    """Somebody else changed this entry since the page was loaded, or another one has its id."""

    status = 409
    code = "negative-version-differs"


class EventTwice(Refusal):
    """An event of the same item, day and description is on record (R84)."""

    status = 409
    code = "negative-event-twice"
