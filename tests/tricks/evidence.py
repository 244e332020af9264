"""docs/evidence.md: what each flag finds, what it misses, and whom it suspects wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.tricks import crops, real_photos, screens
from tests.tricks.cases import Count, Outcome

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
_ROW = re.compile(r"^\| `([a-z-]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
_REAL = "## Real photos"
_CROPS = "## Cropped copies for another site: measured, and left out"
_HEAD = """# What the flags find

Written by `make evidence` from the tricks in `tests/tricks`, judged by the server's own functions with their default
limits; a test holds that no flag has become worse than it stands here. A flag accuses nobody: it names its numbers, and
a person decides. Nothing is refused for a flag, and the comparison of pixels runs after the receipt.

**Hits** are tricks that raise their flag, **misses** those that do not (they may raise another); **quiet** are honest
cases that raise nothing, **false alarms** those that do. That the same bytes were used elsewhere (`reused`) is told by
their SHA-256 and needs no measuring; `exif-damaged` is what the parser found.
"""
_LIMITS = """## What no flag finds

- A clock that is set back by less than a day and put right again before sending: the server never sees it wrong.
- A place set by an app that trembles as a receiver does, stays near the site and travels at the speed of a car.
- A cropped picture sent for another site, where over some percent are cut off: its hash is not near, so it is never
  compared (see above). For the same task every after-photo is laid on the before-photos, cropped or not.
- A copy that went through a messenger twice, or once from a phone that smooths its noise away: no noise is left to be
  recognised.
- A phone on a stand that takes the same view twice is told apart by its noise alone; a sensor whose own pattern is
  stronger than the noise of the light (over one percent, in full light) could be taken for a copy.
- A photo of a screen, see above.
"""


def table(counts: Mapping[str, Count]) -> str:
    """One row a flag."""
    lines = ["| flag | hits | misses | quiet | false alarms | missed |", "| --- | --- | --- | --- | --- | --- |"]
    for code, count in counts.items():
        missed = "; ".join(dict.fromkeys(count.missed))
        lines.append(f"| `{code}` | {count.hits} | {count.misses} | {count.quiet} | {count.false_alarms} | {missed} |")
        if count.alarmed:
            lines[-1] = lines[-1][:-2] + f" (alarms: {'; '.join(dict.fromkeys(count.alarmed))}) |"
    return "\n".join(lines)


def written_counts() -> dict[str, tuple[int, int, int, int]]:
    """The numbers that stand in the document: hits, misses, quiet, false alarms by flag."""
    text = DOCUMENT.read_text(encoding="utf-8")
    rows: list[tuple[str, str, str, str, str]] = _ROW.findall(text)
    return {code: (int(hits), int(misses), int(quiet), int(alarms)) for code, hits, misses, quiet, alarms in rows}


def strengths(outcomes: Iterable[Outcome]) -> str:
    """The tricks and the honest cases by name."""
    held = list(outcomes)
    tricks = dict.fromkeys(one.case.strength for one in held if one.case.deserves)
    honest = dict.fromkeys(one.case.strength for one in held if not one.case.deserves)
    return f"Tricks: {'; '.join(tricks)}.\n\nHonest: {'; '.join(honest)}."


def screens_section(real: list[float]) -> str:
    """Why no flag says that a photo is of a screen."""
    lines = ["| picture | score |", "| --- | --- |"]
    for name, scores in screens.generated().items():
        lines.append(f"| {name} | {', '.join(f'{one:.2f}' for one in scores)} |")
    if real:
        lines.append(
            f"| {len(real)} real photos, the three highest | {', '.join(f'{x:.2f}' for x in sorted(real)[-3:])} |"
        )
    return (
        "## Photos of screens: measured, and left out\n\n"
        "The grid of a screen repeats, and so do perforated ceilings, fly screens and shutters; a score of 1 is a\n"
        "perfect grid. A sharp picture of coarse dots is found, a soft one of fine dots (a monitor that fills a 12 MP\n"
        "frame) is not, and a panel scores as high as a screen: no limit parts the two, so there is no such flag.\n\n"
        + "\n".join(lines)
    )


def crops_section(photos: list[real_photos.Real]) -> str:
    """Why the index holds the hash of the whole picture alone."""
    heads = " | ".join(f"{lost} % cut off" for lost in crops.LOST_PERCENT)
    lines = [
        _CROPS,
        "",
        "Every photo could be found by hashes of its parts, too. Cut anywhere, the real photos are found so often:",
        "",
        f"| parts hashed | index entries a photo | {heads} | others compared for nothing |",
        "| --- " * (len(crops.LOST_PERCENT) + 3) + "|",
    ]
    for one in crops.tried(photos):
        found = " | ".join(f"{percent} %" for percent in one.found.values())
        lines.append(f"| {one.parts} | {4 * one.parts} | {found} | {one.for_nothing} of {one.pairs} pairs |")
    lines += [
        "",
        "The first line is what there is. A dozen parts would miss every second copy that lost a fifth, and make the",
        "index eleven times as large: with five million photos each entry would be shared by eight hundred by chance",
        "alone, over the 400 that are looked at, so that real copies would be lost among them. Fifty parts find most",
        "such copies and not those that lost more, at fifty times the index. Neither is sound, so neither is done.",
    ]
    return "\n".join(lines)


def real_section(folder: Path) -> str:
    """What is measured on the real photos."""
    photos = real_photos.taken(folder)
    count, near, same = real_photos.pairs(photos)
    lines = [
        _REAL,
        "",
        f"Of {len(photos)} real photos, {count} pairs show different things. Near by their hashes: {_listed(near)};",
        f"of one exposure by their pixels: {_listed(same)}.",
        "",
        "Copies made of each, and what comparing the pixels says:",
        "",
        "| copy | same | edited | not recognised |",
        "| --- | --- | --- | --- |",
    ]
    for kind, told in real_photos.copies(photos).items():
        lines.append(f"| {kind} | {told['same']} | {told['edited']} | {told['other'] + told['unclear']} |")
    flagged = real_photos.circumstances(photos)
    words = "; ".join(f"`{code}` on {', '.join(names)}" for code, names in flagged.items()) or "none"
    lines += ["", f"Flags where and when each says it was taken, by an honest phone: {words}."]
    return "\n".join(lines)


def _listed(names: list[str]) -> str:
    return f"{len(names)} ({', '.join(names)})" if names else "none"


def document(counts: Mapping[str, Count], outcomes: Iterable[Outcome], shared: Path) -> str:
    """The whole text. What was measured on real photos stays as it stands where there are none."""
    old = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    folder = shared / "photos"
    if folder.is_dir():
        screen, real = screens_section(real_photos.screen_scores(folder)), real_section(folder)
        cropped = crops_section(real_photos.taken(folder))
    else:
        screen = _section(old, "## Photos of screens") or screens_section([])
        real = _section(old, _REAL) or f"{_REAL}\n\nNot measured yet."
        cropped = _section(old, _CROPS) or f"{_CROPS}\n\nNot measured yet."
    parts = [_HEAD, "## Generated tricks\n\n" + table(counts), strengths(outcomes), screen, cropped, real, _LIMITS]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _section(text: str, heading: str) -> str:
    match = re.search(rf"^{re.escape(heading)}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return match.group().strip() if match else ""
