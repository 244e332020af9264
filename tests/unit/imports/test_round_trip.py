"""What our own ledger writes, the import reads back (R92)."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from server.imports.headings import find_heading
from server.imports.reading.files import read_book
from server.imports.rows import Ground, read_row
from server.imports.states import stand
from server.imports.understanding import file_texts
from server.ledger.entries import Entry, Lamp
from server.ledger.workbook import Book, Imprint
from tests.unit.imports.test_names import DIRECTORY

TODAY = date(2026, 11, 24)
SHANGHAI = timezone(timedelta(hours=8))
GROUND = Ground("ledger", DIRECTORY, TODAY)

# A cell keeps no control characters, and no text begins or ends with a blank (R88).
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Z"]), min_size=1, max_size=30)
days = st.dates(date(2020, 1, 1), TODAY)


def lamps(status: str) -> st.SearchStrategy[Lamp]:
    if status == "closed":
        return st.just("green")
    return st.sampled_from(["red", "amber", "none"]) if status == "open" else st.just("none")


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    found = draw(st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 23))).replace(tzinfo=UTC, microsecond=0)
    replied = draw(st.none() | st.just(found + timedelta(days=1)))
    status = draw(st.sampled_from(["open", "replied", "closed", "void", "draft"]))
    return Entry(
        number=draw(st.from_regex(r"2026-[0-9]{4}", fullmatch=True)),
        origin=draw(st.sampled_from(["inspection", "meeting", "superior"])),
        found_at=found,
        site=draw(st.sampled_from([site.name for site in DIRECTORY.sites.values()])),
        problem=draw(texts),
        item_code=draw(st.sampled_from(["YL-B01", ""])),
        severity=draw(st.sampled_from(["minor", "major", "severe"])),
        unit=draw(st.sampled_from(["区卫计局", "田心街道", "区政府办"])),
        institution=draw(texts),
        leaders="",
        responsible="",
        requirement=draw(texts),
        measure=draw(texts),
        due_on=found.astimezone(SHANGHAI).date() + timedelta(days=draw(st.integers(0, 400))),
        replied_at=replied,
        done=draw(texts),
        return_count=draw(st.integers(0, 3)),
        status=status,
        closed_kind=None,
        closed_by="",
        closed_at=found + timedelta(days=2) if status == "closed" else None,
        days_late=draw(st.integers(0, 9)),
        lamp=draw(lamps(status)),
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=6))
def test_r92_an_exported_ledger_is_read_back_as_it_was_written(written: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        book = Book(path, Imprint("社事办", "甲", TODAY, "https://example.invalid"))
        book.write(written)
        book.close()
        table = read_book(path).tables[0]
    heading = find_heading(table)
    assert heading is not None
    assert heading.row == 1
    lines = [line for line in table.lines if line.number > 1]
    assert len(lines) == len(written)
    for line, entry in zip(lines, written, strict=True):
        reading = read_row(file_texts(heading.fields, line.cells), GROUND)
        state = stand(reading, earlier=None, live=[]).state
        assert (state == "new") == (entry.status in ("open", "replied")), reading.faults
        if state != "new":
            assert state == "left_out"
            continue
        draft = reading.draft
        assert (draft.number, draft.severity) == (entry.number, entry.severity)
        assert (draft.found_on, draft.due_on) == (entry.found_at.astimezone(SHANGHAI).date(), entry.due_on)
        assert draft.replied_on == (entry.replied_at.astimezone(SHANGHAI).date() if entry.replied_at else None)
        told = [draft.problem, draft.measure, draft.requirement, draft.done, draft.institution]
        assert told == [entry.problem, entry.measure, entry.requirement, entry.done, entry.institution]
        assert draft.unit_id and DIRECTORY.units[draft.unit_id].name == entry.unit
        assert draft.site_id and DIRECTORY.sites[draft.site_id].name == entry.site
        assert (draft.item_code or "") == entry.item_code
