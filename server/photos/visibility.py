"""Which uses of photos a person may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from server.auth.actor import Actor
from server.photos.desk import PhotoDesk
from server.photos.service import SEES_ALL
from storage.database.models import PhotoUse


def visible_uses(desk: PhotoDesk, me: Actor) -> Select[Any]:
    """The uses that a person may see: inspectors, 区政府办 and the office all; others their own and their tasks'."""
    query = select(PhotoUse)
    if me.role in SEES_ALL:
        return query
    return query.where(
        or_(
            PhotoUse.person_id == me.person_id,
            PhotoUse.task_id.in_(desk.visible_tasks(me)),
        )
    )
