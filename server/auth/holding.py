"""Who holds a post on a day, as a condition for queries over posts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from storage.database.models import Post


def held_on(day: date) -> ColumnElement[bool]:
    """Whether a post is held on a day: from its first day to its last, both among them; one without a last day goes on.
    A post that was withdrawn before it began is held on no day.
    """
    return and_(Post.valid_from <= day, or_(Post.valid_until.is_(None), Post.valid_until >= day))
