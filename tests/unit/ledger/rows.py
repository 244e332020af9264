"""Entries of a ledger, as a test wants them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from server.ledger.entries import Entry

AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def entry(**changes: Any) -> Entry:
    """An open task, with what is to be different."""
    facts: dict[str, Any] = {
        "number": "2026-0001", "origin": "inspection", "found_at": AT, "site": "清水塘社区卫生服务中心",
        "problem": "候诊区无禁烟标识", "item_code": "YL-B01", "severity": "major", "unit": "区卫计局",
        "institution": "清水塘社区卫生服务中心", "leaders": "", "responsible": "院办主任", "requirement": "张贴标识",
        "measure": "", "due_on": date(2026, 11, 27), "replied_at": None, "done": "", "return_count": 0,
        "status": "open", "closed_kind": None, "closed_by": "", "closed_at": None, "days_late": 0, "lamp": "none",
    }  # fmt: skip
    return Entry(**(facts | changes))
