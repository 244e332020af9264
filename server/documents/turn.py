"""Whoever prints waits for their turn: a document may hold many photos, and two cores set no faster than in turn."""

from __future__ import annotations

import asyncio
from typing import Final

PRINTING: Final = asyncio.Semaphore(1)
