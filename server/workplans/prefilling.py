"""A monthly summary's beginning from its weeklies (R16). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.workplans import Prefill, ProgressOut, SummaryOut

_LONGEST, _LONGEST_PROGRESS = 2000, 1000


def prefill(weeks: Sequence[SummaryOut]) -> Prefill:
    """The words of the weeks one below the other, in their order, each once; what would be too long is cut."""
    progress: dict[str, ProgressOut] = {}
    for week in weeks:
        for one in week.progress:
            before = progress.get(one.indicator_code)
            text = _joined([before.text, one.text] if before else [one.text], _LONGEST_PROGRESS)
            progress[one.indicator_code] = ProgressOut(indicator_code=one.indicator_code, name=one.name, text=text)
    return Prefill(
        done=_joined((week.done for week in weeks), _LONGEST),
        problems=_joined((week.problems for week in weeks), _LONGEST),
        next_steps=_joined((week.next_steps for week in weeks[-1:]), _LONGEST),
        highlights=_joined((week.highlights for week in weeks), _LONGEST),
        progress=list(progress.values()),
    )


def _joined(texts: Iterable[str], longest: int) -> str:
    lines = dict.fromkeys(line.strip() for text in texts for line in text.splitlines() if line.strip())
    return "\n".join(lines)[:longest]
