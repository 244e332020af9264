"""What forbids issuing a document."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from schemas.documents import Document
from server.documents.checks import lacks
from server.documents.composing.facts import Frame
from server.documents.glyphs import unprintable
from tests.factories import documents as sample

ISSUED = date(2026, 11, 10)


def changed(document: Document, **values: Any) -> Document:
    return msgspec.structs.replace(document, **values)


def found(document: Document, on: date = ISSUED) -> list[str]:
    return [finding.lack for finding in lacks(document, issued_on=on)]


def test_complete_documents_may_go_out() -> None:
    for document in sample.of_each_kind().values():
        assert found(document) == []


def test_r44_a_limit_that_is_missing_or_not_after_the_day_of_issue_forbids_it() -> None:
    letter = sample.assignment()
    assert found(changed(letter, reply_by=None)) == ["no-reply-limit"]
    assert found(letter, date(2026, 11, 17)) == ["reply-limit-passed"]
    assert found(letter, date(2026, 11, 18)) == ["reply-limit-passed", "time-limit-passed"]


def test_r46_a_second_letter_may_list_tasks_that_are_late() -> None:
    assert found(sample.supervision(), date(2026, 11, 24)) == []
    assert found(sample.supervision(), date(2026, 11, 25)) == ["reply-limit-passed"]


@pytest.mark.parametrize(
    ("values", "lack"),
    [({"addressees": ()}, "no-addressee"), ({"note": ""}, "no-contact"), ({"annexes": ()}, "no-problem")],
)
def test_what_a_letter_needs(values: dict[str, Any], lack: str) -> None:
    assert found(changed(sample.assignment(), **values)) == [lack]


def test_a_draft_lacks_number_and_date() -> None:
    assert found(sample.assignment(frame=sample.office_frame(None, None))) == ["no-number", "no-date"]


def test_a_report_upward_needs_its_signer() -> None:
    frame = Frame(issuer=sample.OFFICE, year=2026, number=3, signed_on=ISSUED, contact=sample.CONTACT)
    assert found(sample.assignment(frame=frame)) == ["no-signer"]


def test_a_task_without_photo_needs_its_reason() -> None:
    bare = msgspec.structs.replace(sample.problems()[2], no_photo="")
    assert found(sample.assignment((bare,))) == ["no-photo"]


def test_an_open_place_is_found_wherever_it_stands() -> None:
    problem = msgspec.structs.replace(sample.problems()[0], description="{problem}未整改")
    places = {finding.place for finding in lacks(sample.assignment((problem,)), issued_on=ISSUED)}
    assert places == {"{problem}"}


def test_characters_that_no_font_has_are_named() -> None:
    assert unprintable("珺玥镕㛃㎡𬭎〔〕—") == ()
    assert unprintable("王\U000f0000\n") == ("\U000f0000",)
