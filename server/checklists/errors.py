"""What the editor of checklists refuses. A refusal leaves draft and versions as they were."""

from __future__ import annotations

from server.errors import Refusal


class DraftChanged(Refusal):
    """Somebody else saved the draft since this page read it."""

    status = 409
    code = "checklist-draft-changed"


class ItemsOwed(Refusal):
    """Items are left out of which tasks are open, and the person was not told of all of them."""

    status = 409
    code = "checklist-items-owed"


class FormUnreadable(Refusal):
    """Neither .xlsx nor .xls, damaged, or protected."""

    status = 422
    code = "form-unreadable"


class FormTooLarge(Refusal):
    """Larger than any form."""

    status = 413
    code = "form-too-large"


class FormInvalid(Refusal):
    """pyxform does not take it for a form; its own words are told."""

    status = 422
    code = "form-invalid"


class FormNotWritten(Refusal):
    """The version cannot be written as a form that pyxform takes; its own words are told."""

    status = 409
    code = "form-not-written"
