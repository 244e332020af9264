"""The roles of R8, and the groups of them that routes and rules speak of."""

from __future__ import annotations

from typing import Final

INSPECTOR: Final = "inspector"
SUPERVISOR: Final = "supervisor"
OFFICE: Final = "office"
UNIT_LEADER: Final = "unit_leader"
LIAISON: Final = "liaison"
DATA_OFFICER: Final = "data_officer"
GROUP_LEADER: Final = "group_leader"
CIVILITY: Final = "civility"
ADMIN: Final = "admin"
SYSTEM: Final = "system"
REPLY_LINK: Final = "reply_link"
"""Whoever holds a letter's printed code (R44): it acts for the letter's unit, and no session has this role."""

ALL: Final = frozenset(
    {INSPECTOR, SUPERVISOR, OFFICE, UNIT_LEADER, LIAISON, DATA_OFFICER, GROUP_LEADER, CIVILITY, ADMIN}
)
UNIT: Final = frozenset({UNIT_LEADER, LIAISON, DATA_OFFICER, REPLY_LINK})
"""Who acts for a responsible unit: they see their own unit's things only (R8)."""

DISTRICT: Final = frozenset({INSPECTOR, SUPERVISOR, OFFICE, GROUP_LEADER, CIVILITY})
"""People who see the whole district."""

REVIEWERS: Final = frozenset({SUPERVISOR, OFFICE})
"""Both 区政府办 and the office confirm findings (R5, R41)."""

INDOORS: Final = frozenset({OFFICE, SUPERVISOR, ADMIN, CIVILITY, GROUP_LEADER})
"""Whose desk sessions are short."""
