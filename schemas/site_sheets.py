"""The one-page sheet of a site: every word that is printed. The renderer adds none of its own."""

from __future__ import annotations

import msgspec


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table; `late` is set apart."""

    cells: tuple[str, ...]
    late: bool = False


class SheetTable(msgspec.Struct, frozen=True, kw_only=True):
    """A titled table; without lines it says `empty`. `widths` are fractions of the page."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    lines: tuple[SheetLine, ...]
    empty: str
    more: str = ""


class SheetCount(msgspec.Struct, frozen=True, kw_only=True):
    """A number that answers how the site stands."""

    label: str
    value: str
    late: bool = False


class SheetPair(msgspec.Struct, frozen=True, kw_only=True):
    """The newest photos of a fault and of its repair, by hash; None where there is none."""

    caption: str
    before: str | None
    after: str | None


class SiteSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. `facts` are labels with what stands behind them; `url` is drawn as a code."""

    title: str
    under: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[SheetCount, ...]
    tables: tuple[SheetTable, ...]
    photos_title: str
    before_label: str
    after_label: str
    no_photo: str
    pairs: tuple[SheetPair, ...]
    url: str
    code_label: str
    foot: str
