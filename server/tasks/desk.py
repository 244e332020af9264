"""The photo desk as the tasks need it: it asks them who sees what, and tells them what has become of photos."""

from __future__ import annotations

from collections.abc import Sequence

from server.district import District
from server.photos.desk import PhotoDesk, ReviewListener
from server.tasks.proofs import take_over_flags
from server.tasks.visibility import visible_tasks


def open_desk(district: District, *, review_listeners: Sequence[ReviewListener] = ()) -> PhotoDesk:
    """The desk of a district; whoever opens it closes it."""
    return PhotoDesk(district, visible_tasks, [take_over_flags], review_listeners)
