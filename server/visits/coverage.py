"""Which inspections count as having seen a site, and which have been reviewed, as conditions for queries."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from storage.database.models import Inspection


def got_in() -> ColumnElement[bool]:
    """Only 已查 counts, a door that nobody opened does not (R36, R37), and an amended one has been replaced."""
    return and_(Inspection.outcome == "inspected", Inspection.amended_by_id.is_(None))


def reviewed() -> ColumnElement[bool]:
    """Confirmed by a person or by the calendar; that its feedback has left since takes nothing from it (R37)."""
    return Inspection.state.in_(("confirmed", "fed_back"))
