"""What the evaluation refuses."""

from __future__ import annotations

from server.errors import Refusal


class EntryDiffers(Refusal):
    """Somebody else changed this entry since the page was loaded, or another one has its id."""

    status = 409
    code = "evaluation-entry-differs"
