"""The problems of a letter: as paragraphs, as 问题清单 and as photo sheets. Photos are numbered through the letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.documents import Annex, Paragraph, PhotoPair, Picture, ProblemList, ProblemRow
from server.documents.composing.dates import date_text, weekday_text
from server.documents.composing.facts import Facts, Problem, Shot, Trigger
from server.documents.composing.frame import annex_label
from server.documents.composing.outline import clause, sentence
from server.documents.composing.phrases import say, sayings

# More than these make the text a list: it then gives the sum, and the annex the problems.
PROBLEMS_IN_TEXT = 8
_TRIGGERS: tuple[Trigger, ...] = ("added", "no_progress", "unstable")


class Numbered(Facts, frozen=True):
    """A problem with its serial and the numbers of its photos, before and after."""

    serial: int
    problem: Problem
    before: tuple[int, ...]
    after: tuple[int, ...]


def numbered(problems: Iterable[Problem]) -> tuple[Numbered, ...]:
    """Number the problems, and their photos one after the other."""
    rows: list[Numbered] = []
    next_photo = 1
    for serial, problem in enumerate(problems, 1):
        middle = next_photo + len(problem.before)
        end = middle + len(problem.after)
        rows.append(Numbered(serial, problem, tuple(range(next_photo, middle)), tuple(range(middle, end))))
        next_photo = end
    return tuple(rows)


def reasons_text(problems: Iterable[Problem]) -> str:
    """The triggers that occur, in the notice's order and words."""
    present = {problem.trigger for problem in problems}
    return say("item_separator").join(say(f"trigger.{trigger}") for trigger in _TRIGGERS if trigger in present)


def problem_paragraphs(rows: Sequence[Numbered]) -> tuple[Paragraph, ...]:
    """One paragraph a problem, or the sum of them where they are many."""
    if len(rows) > PROBLEMS_IN_TEXT:
        sites = say("item_separator").join(dict.fromkeys(row.problem.site for row in rows))
        return (Paragraph(text=say("problems.summary", count=len(rows), sites=sites)),)
    return tuple(_paragraph(row) for row in rows)


def problem_list(rows: Sequence[Numbered], label: str) -> Annex:
    """附件: 问题清单, a row a task."""
    lines = tuple(
        ProblemRow(
            serial=str(row.serial), site=row.problem.site, problem=sentence(row.problem.description),
            basis=row.problem.basis, severity=say(f"severity.{row.problem.severity}"), reason=_reason(row.problem),
            due=date_text(row.problem.due_on), photos=_photos(row), due_on=row.problem.due_on,
        )
        for row in rows
    )  # fmt: skip
    headings = sayings("problems.headings")
    a, b, c, d, e, f, g, h = headings
    return Annex(label=label, title=say("problems.title"), problems=ProblemList((a, b, c, d, e, f, g, h), lines))


def photo_sheet(rows: Sequence[Numbered], label: str) -> Annex:
    """附件: the photos of each problem, with those after it where there are any, or the reason for none."""
    compared = any(row.after for row in rows)
    title = say("problems.compared_title" if compared else "problems.photos_title")
    return Annex(label=label, title=title, photos=tuple(_pair(row) for row in rows))


def problem_annexes(rows: Sequence[Numbered]) -> tuple[Annex, ...]:
    """问题清单 and photo sheet, as 附件1 and 附件2."""
    return problem_list(rows, annex_label(1, 2)), photo_sheet(rows, annex_label(2, 2))


def attachment_names(annexes: Sequence[Annex]) -> tuple[str, ...]:
    """附件说明: numbered names, one alone without a number."""
    if len(annexes) == 1:
        return (annexes[0].title,)
    return tuple(f"{number}. {annex.title}" for number, annex in enumerate(annexes, 1))


def _paragraph(row: Numbered) -> Paragraph:
    problem = row.problem
    severity = say(f"severity.{problem.severity}")
    parts = [
        say("problems.fact", problem=sentence(problem.description), basis=problem.basis, severity=severity),
        say("problems.reason", reason=_reason(problem)),
        say("problems.due", due=weekday_text(problem.due_on)),
        _photo_sentence(row),
    ]
    return clause(row.serial, say("problems.site", site=sentence(problem.site)), "".join(parts))


def _photo_sentence(row: Numbered) -> str:
    if row.before or row.after:
        return say("problems.see_photos", photos=_photos(row))
    return say("problems.no_photos_here", absence=_photos(row)) if _photos(row) else ""


def _reason(problem: Problem) -> str:
    trigger = say(f"trigger.{problem.trigger}")
    if not problem.detail:
        return trigger
    return say("trigger_with_detail", trigger=trigger, detail=sentence(problem.detail))


def _photos(row: Numbered) -> str:
    numbers = (*row.before, *row.after)
    if not numbers and not row.problem.no_photo.strip():
        return ""
    if not numbers:
        return say("problems.no_photo", reason=sentence(row.problem.no_photo))
    key = "problems.photo" if len(numbers) == 1 else "problems.photos"
    return say(key, first=numbers[0], last=numbers[-1])


def _pair(row: Numbered) -> PhotoPair:
    problem = row.problem
    before = _pictures("before", row.before, problem.before)
    if not before and not row.after:
        before = (Picture(caption="", absence=_photos(row)),)
    caption = say(
        "problems.caption", serial=row.serial, site=sentence(problem.site), problem=sentence(problem.description)
    )
    return PhotoPair(caption=caption, before=before, after=_pictures("after", row.after, problem.after))


def _pictures(phrase: str, numbers: Sequence[int], shots: Sequence[Shot]) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            caption=say(f"problems.{phrase}", number=number, taken=_taken(shot)), sha256=shot.sha256, marks=shot.marks
        )
        for number, shot in zip(numbers, shots, strict=True)
    )


def _taken(shot: Shot) -> str:
    return say("problems.taken", date=date_text(shot.taken_on)) if shot.taken_on else ""
