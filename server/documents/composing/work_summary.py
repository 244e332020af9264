"""The group's weekly or monthly report for 区文明办, put together from its units' summaries (R94)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from schemas.documents import Document, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.dates import period_text
from server.documents.composing.facts import Facts, Frame
from server.documents.composing.outline import clause, section, sentence
from server.documents.composing.phrases import say, words_in


class UnitWork(Facts, frozen=True, kw_only=True):
    """What one unit reported. A 零报告 has no words."""

    unit: str
    done: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    nil: bool = False
    late: bool = False


class Shining(Facts, frozen=True):
    """A recommendation that the office adopted (R18)."""

    unit: str
    title: str
    text: str


class WorkSummary(Facts, frozen=True, kw_only=True):
    """The report of a week or a month: `missing` units handed in nothing, `returned` ones are correcting theirs."""

    frame: Frame
    addressees: tuple[str, ...]
    group: str
    year: int
    week: int | None
    month: int | None
    start: date
    end: date
    units: tuple[UnitWork, ...]
    missing: tuple[str, ...]
    returned: tuple[str, ...]
    shining: tuple[Shining, ...] = ()


def compose_work_summary(facts: WorkSummary) -> Document:
    """The 小结 or 总结 in 文件格式."""
    form = "week" if facts.week is not None else "month"
    title = say(f"work_summary.title_{form}", group=facts.group, year=facts.year, week=facts.week, month=facts.month)
    return Document(
        kind="work_summary",
        issuer=facts.frame.issuer.name,
        masthead=parts.file_masthead(facts.frame),
        title=title,
        title_words=words_in(title),
        number=parts.number_of(facts.frame),
        addressees=facts.addressees,
        salutation=parts.salutation(facts.addressees),
        body=tuple(_body(facts)),
        signature=parts.signature_of(facts.frame),
        note=parts.note_of(facts.frame),
        imprint=parts.imprint_of(facts.frame),
        status_mark=parts.status_mark(facts.frame),
    )


def _body(facts: WorkSummary) -> Iterator[Paragraph]:
    period = period_text(facts.start, facts.end)
    yield Paragraph(text=say("work_summary.opening", period=period, group=facts.group))
    yield section(1, say("work_summary.done"))
    yield from _told(facts, lambda unit: unit.done)
    yield section(2, say("work_summary.problems"))
    yield from _told(facts, lambda unit: unit.problems)
    yield section(3, say("work_summary.next"))
    yield from _told(facts, lambda unit: unit.next_steps)
    yield section(4, say("work_summary.highlights"))
    yield from _highlights(facts)
    yield section(5, say("work_summary.handed_in"))
    yield Paragraph(text=_handed_in(facts))


def _told(facts: WorkSummary, part: Callable[[UnitWork], tuple[str, ...]]) -> Iterator[Paragraph]:
    """A clause a unit: its lines as one text, each a sentence."""
    units = [unit for unit in facts.units if part(unit)]
    for number, unit in enumerate(units, 1):
        yield clause(number, say("problems.site", site=unit.unit), _sentences(part(unit)))
    if not units:
        yield Paragraph(text=say("work_summary.nothing"))


def _highlights(facts: WorkSummary) -> Iterator[Paragraph]:
    told = [(one.unit, _sentences((one.title, one.text))) for one in facts.shining]
    told += [(unit.unit, _sentences(unit.highlights)) for unit in facts.units if unit.highlights]
    for number, (unit, text) in enumerate(told, 1):
        yield clause(number, say("problems.site", site=unit), text)
    if not told:
        yield Paragraph(text=say("work_summary.nothing"))


def _sentences(lines: tuple[str, ...]) -> str:
    return "".join(say("problems.site", site=sentence(line)) for line in lines if sentence(line))


def _handed_in(facts: WorkSummary) -> str:
    def names(units: list[str]) -> str:
        return say("item_separator").join(units)

    owed = len(facts.units) + len(facts.missing) + len(facts.returned)
    told = [say("work_summary.counted", owed=owed, came=len(facts.units))]
    for key, units in (
        ("late", [unit.unit for unit in facts.units if unit.late]),
        ("nil", [unit.unit for unit in facts.units if unit.nil]),
        ("returned", list(facts.returned)),
        ("missing", list(facts.missing)),
    ):
        if units:
            told.append(say(f"work_summary.{key}", units=names(units)))
    return say("work_summary.clauses").join(told) + say("work_summary.stop")
