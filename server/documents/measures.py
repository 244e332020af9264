"""The measures of GB/T 9704-2012 that both renderers draw by, and the widths of printed text. Pure.

Millimetres and points as the names say. A line is a twenty-second part of the type area, a character a twenty-eighth.
"""

from __future__ import annotations

import unicodedata
from typing import Final

MM_TO_PT: Final = 72 / 25.4
PAGE_MM: Final = (210.0, 297.0)
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37.0, 26.0, 35.0, 28.0
AREA_MM: Final = (156.0, 225.0)
LINES: Final = 22
CHARACTERS: Final = 28

BODY_PT: Final = 16.0
TITLE_PT: Final = 22.0
SMALL_PT: Final = 14.0
CELL_PT: Final = 10.5
LINE_PT: Final = AREA_MM[1] * MM_TO_PT / LINES
TITLE_LINE_PT: Final = 35.0
CHARACTER_PT: Final = AREA_MM[0] * MM_TO_PT / CHARACTERS

RED: Final = "FF0000"
RED_RULE_PT: Final = 1.5
DOUBLE_RULE_PT: Final = (2.0, 0.7)
DOUBLE_RULE_GAP_PT: Final = 1.6
IMPRINT_RULE_PT: Final = (1.0, 0.7)

LETTER_RULE_MM: Final = 170.0
LETTER_MASTHEAD_TOP_MM: Final = 30.0
LETTER_FOOT_RULE_MM: Final = 20.0
FILE_MASTHEAD_TOP_MM: Final = TOP_MM + 35.0
RULE_GAP_MM: Final = 4.0
SEVEN_EIGHTHS_PT: Final = BODY_PT * 7 / 8
DASH_BELOW_AREA_MM: Final = 7.0

# The masthead's size is left to the drafter: as large as the line holds, condensed no further than this.
MASTHEAD_PT: Final = 46.0
NARROWEST: Final = 0.66

TITLE_CHARACTERS: Final = 19.0


def characters(text: str) -> float:
    """The width in full-width characters: Latin letters, digits and half-width marks count as half a one."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def masthead_size(text: str) -> tuple[float, float]:
    """Size in points and horizontal scale (0.66–1) of a 发文机关标志 that fills at most the width of the type area."""
    available = AREA_MM[0] * MM_TO_PT
    wanted = characters(text) * MASTHEAD_PT
    scale = min(1.0, max(NARROWEST, available / wanted))
    return min(MASTHEAD_PT, available / (characters(text) * scale)), scale
