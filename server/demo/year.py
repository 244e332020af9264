"""All that office and units did in the demo district beside findings and tasks, in the order in which it happened."""

from __future__ import annotations

from server.demo.evaluation import evaluation
from server.demo.ladder import ladder
from server.demo.meeting import meeting, rechecks
from server.demo.past import Deed
from server.demo.reading import reading
from server.demo.reporting import reporting
from server.demo.timetable import Timetable


def deeds(timetable: Timetable) -> list[Deed]:
    """Every deed before the present, the earliest first."""
    told = [part(timetable) for part in (ladder, meeting, rechecks, reporting, evaluation, reading)]
    return sorted((deed for part in told for deed in part if deed.at < timetable.now), key=lambda deed: deed.at)
