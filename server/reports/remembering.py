"""Figures that stay as they are until something changes: counted once, whoever looks at them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncSession

from server.audit.service import latest_seq

_MOST = 64

T = TypeVar("T")


class Remembered:
    """The latest figures of one process, each with the number of the last change that they know of (R89).

    Whatever changes a row notes an event, so that figures of the same number are the same figures. A replica that
    another one overtook reads the new number and counts anew.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    async def figures(self, session: AsyncSession, key: Hashable, count: Callable[[], Awaitable[T]]) -> T:
        """What was counted under this key since the last change, or what is counted now."""
        seq = await latest_seq(session)
        known = self._known.get(key)
        if known is not None and known[0] == seq:
            self._known.move_to_end(key)
            return cast("T", known[1])
        # The number was read first: what comes in meanwhile may be counted, and is counted again with the next one.
        counted = await count()
        self._known[key] = (seq, counted)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return counted
