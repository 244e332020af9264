"""What a step on a task refuses."""

from __future__ import annotations

from server.errors import Refusal


class TransitionRefused(Refusal):
    """The step does not fit the state that the task is in by now. What it brought is kept in the history."""

    status = 409
    code = "transition-refused"


class ActionDiffers(Refusal):
    """Another step was already taken under this id."""

    status = 409
    code = "action-differs"


class TaskDiffers(Refusal):
    """Another task was already assigned under this id."""

    status = 409
    code = "task-differs"


class TaskExists(Refusal):
    """The site has a live task for this item already; the detail names it (R41: one open task a site and item)."""

    status = 409
    code = "task-exists"


class VersionDiffers(Refusal):
    """Somebody else changed the task since this page was loaded."""

    status = 409
    code = "version-differs"


class PhotosAwaited(Refusal):
    """A strike-off waits until its photos have arrived; nothing was decided yet."""

    status = 409
    code = "photos-awaited"


class OwnWork(Refusal):
    """Who fixed it, or whose unit owes it, never verifies it (R41)."""

    status = 403
    code = "own-work"


class FinderMayNot(Refusal):
    """In strict mode who found it does not verify it."""

    status = 403
    code = "finder-may-not"
