"""What a new catalogue would change, and what is wrong with it, before it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from schemas.matrix import CatalogueChange
from server.errors import FieldError
from server.matrix.holding import Duty
from server.matrix.notice import (
    Indicator,
    NamedDuty,
    Requirement,
    counts_of,
    counts_said,
    indicators,
    named_duties,
    names_of,
)
from server.matrix.shape import Notice

_LONGEST_CODE, _LONGEST_TITLE = 40, 200


def faults_of(notice: Notice) -> list[FieldError]:
    """Why a catalogue cannot be taken: its own words and its table disagree on the counts (R9), a code stands twice or
    is too long, or a share is given to nobody that it names.
    """
    errors = []
    if counts_of(notice) != counts_said(notice):
        errors.append(FieldError("/content/scopeCounts", "catalogue-counts"))
    rows = indicators(notice)
    codes = Counter([row.code for row in rows] + [asked.code for row in rows for asked in row.requirements])
    for code, times in codes.items():
        if times > 1 or not 0 < len(code) <= _LONGEST_CODE:
            errors.append(FieldError("/content/attachment1", "catalogue-code", {"code": code[:_LONGEST_CODE]}))
    known = names_of(notice)
    for holder in sorted({one.holder for one in named_duties(notice)}):
        if holder not in known or len(holder) > _LONGEST_CODE:
            errors.append(FieldError("/content/attachment1", "catalogue-unit", {"code": holder[:_LONGEST_CODE]}))
    if not 0 < len(notice.source.title) <= _LONGEST_TITLE:
        errors.append(FieldError("/content/source/title", "required"))
    return errors


def changes_between(old: Notice, new: Notice, duties: Collection[Duty]) -> list[CatalogueChange]:
    """Every difference between two catalogues in the order of the table; shares against those that hold now."""
    before, after = {row.code: row for row in indicators(old)}, {row.code: row for row in indicators(new)}
    found = []
    for code in dict.fromkeys([*before, *after]):
        found += list(_of_row(before.get(code), after.get(code)))
    return [*found, *_of_duties(old, new, duties)]


def _of_row(old: Indicator | None, new: Indicator | None) -> Iterator[CatalogueChange]:
    if old is None or new is None:
        for row in filter(None, (old, new)):
            before, after = ("", row.name) if row is new else (row.name, "")
            yield CatalogueChange(kind="indicator", code=row.code, name=row.name, before=before, after=after)
        return
    for before, after in ((old.name, new.name), ("\n".join(old.standards), "\n".join(new.standards))):
        if before != after:
            yield CatalogueChange(kind="text", code=row.code, name=new.name, before=before, after=after)
    asked, asking = {one.code: one for one in old.requirements}, {one.code: one for one in new.requirements}
    for code in dict.fromkeys([*asked, *asking]):
        before, after = _words(asked.get(code)), _words(asking.get(code))
        if before != after:
            yield CatalogueChange(kind="requirement", code=code, name=new.name, before=before, after=after)


def _words(asked: Requirement | None) -> str:
    if asked is None:
        return ""
    return f"{asked.text} [{'、'.join(asked.formats)}]" if asked.formats else asked.text


def _of_duties(old: Notice, new: Notice, duties: Collection[Duty]) -> Iterator[CatalogueChange]:
    names = {**names_of(old), **names_of(new)}
    titles = {row.code: row.name for row in [*indicators(old), *indicators(new)]}
    wanted = {key_of(one) for one in named_duties(new)}
    held = {key_of(one) for one in duties}
    for key in sorted(held ^ wanted):
        indicator, requirement, holder, part = key
        words = f"{names.get(holder, holder)}:{part}"
        yield CatalogueChange(
            kind="duty",
            code=requirement or indicator,
            name=titles.get(indicator, indicator),
            before=words if key in held else "",
            after=words if key in wanted else "",
        )


def key_of(duty: Duty | NamedDuty) -> tuple[str, str, str, str]:
    """What makes two shares the same one."""
    return duty.indicator, duty.requirement, duty.holder, duty.part
