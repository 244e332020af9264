"""Reading a whole answer list against a template version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schemas.checklists import AnswerValue
from server.checklists.answers import Reading, Sent, lacks_proof, read_answers
from server.checklists.circumstances import Carried, Circumstances
from server.checklists.installation import load_templates

TEMPLATES = {document.code: document for document in load_templates()}
ITEMS = {item.code: item for document in TEMPLATES.values() for item in document.items}
ON = date(2026, 11, 24)
CENTRE = Circumstances("health_centre", ON)
ROOM = Circumstances("science_room", ON, {"residents": 3200})
GOOD: dict[str, AnswerValue] = {"num": 100, "date": "2026-11-23", "text": "", "photo": None}


def whole_list(code: str, kind: str, changes: dict[str, AnswerValue] | None = None) -> list[Sent]:
    """A passing answer to every item for this kind of site; a change to `...` leaves the item out."""
    answers: list[Sent] = []
    for item in TEMPLATES[code].items:
        if item.type == "auto" or (item.applies_to and kind not in item.applies_to):
            continue
        value = item.options[0].value if item.type == "one" else GOOD.get(item.type, True)
        value = {"KH-D01": 3, "KH-D02": 0}.get(item.code, value)
        answers.append(Sent(item.code, value, 3 if item.type == "photo" else 0))
    changed = changes or {}
    return [answer._replace(value=changed.get(answer.item, answer.value)) for answer in answers]


def without(answers: list[Sent], *codes: str) -> list[Sent]:
    return [answer for answer in answers if answer.item not in codes]


def read(code: str, answers: list[Sent], where: Circumstances, last: dict[str, Carried] | None = None) -> Reading:
    return read_answers(TEMPLATES[code], answers, last or {}, where)


def faults(reading: Reading) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in reading.faults]


@pytest.mark.parametrize(
    ("code", "kind", "asked"),
    [("YL", "hospital", 29), ("YL", "health_centre", 38), ("KY", "science_room", 35), ("KH", "science_room", 32)],
)
def test_a_whole_list_has_no_fault(code: str, kind: str, asked: int) -> None:
    reading = read(code, whole_list(code, kind), Circumstances(kind, ON))
    assert reading.faults == []
    assert len(reading.shown) == asked


def test_r85_all_faults_of_a_list_are_named_with_their_places() -> None:
    answers = whole_list("YL", "health_centre", {"YL-A01": -1, "YL-A02": "是", "YL-A06": "2026-11-25"})
    answers += [Sent("YL-Z99", True), Sent("YL-A01", 3)]
    answers = without(answers, "YL-B01")
    places = {answer.item: place for place, answer in reversed(list(enumerate(answers)))}
    assert sorted(faults(read("YL", answers, CENTRE))) == sorted(
        [
            (f"/answers/{places['YL-A01']}/value", "negative-number"),
            (f"/answers/{places['YL-A02']}/value", "not-a-choice"),
            (f"/answers/{places['YL-A06']}/value", "date-after-inspection"),
            (f"/answers/{len(answers) - 2}/item", "unknown-item"),
            (f"/answers/{len(answers) - 1}/item", "answered-twice"),
            ("/answers", "answer-missing"),
        ]
    )


def test_r85_each_required_item_is_missed_when_it_is_left_out() -> None:
    for code, kind in (("YL", "hospital"), ("YL", "health_station"), ("KY", "science_room"), ("KH", "science_room")):
        answers = whole_list(code, kind)
        for left_out in answers:
            missing = [
                fault.params["item"]
                for fault in read(code, without(answers, left_out.item), Circumstances(kind, ON)).faults
                if fault.code == "answer-missing"
            ]
            assert (left_out.item in missing) == (ITEMS[left_out.item].type != "text"), left_out


def test_r85_null_is_no_answer_but_photos_and_texts_need_no_value() -> None:
    answers = whole_list("YL", "health_centre", {"YL-A02": None, "YL-H01": None, "YL-H02": None})
    reading = read("YL", answers, CENTRE)
    assert [(fault.code, fault.params["item"]) for fault in reading.faults] == [("answer-missing", "YL-A02")]


def test_answers_to_items_that_are_not_asked_are_left_out() -> None:
    answers = whole_list("YL", "health_centre", {"YL-A03": 0})
    answers += [Sent("YL-A13", -5), Sent("YL-D03", "nonsense")]
    reading = read("YL", answers, CENTRE)
    assert reading.faults == []
    assert not {"YL-A13", "YL-D03", "YL-A04", "YL-A08"} & reading.given.keys()
    automatic = [*whole_list("KH", "science_room"), Sent("KH-C04", True), Sent("KH-D03", "yes")]
    assert read("KH", automatic, ROOM).faults == []


def test_r85_a_part_may_not_exceed_its_whole() -> None:
    answers = whole_list("KY", "science_room", {"KY-B01": 50, "KY-B02": 51})
    (fault,) = read("KY", answers, ROOM).faults
    assert (fault.code, fault.params) == ("exceeds-other", {"item": "KY-B02", "other": "KY-B01"})
    assert read("KY", whole_list("KY", "science_room", {"KY-B01": 50, "KY-B02": 50}), ROOM).faults == []


def test_a_wrong_answer_makes_the_conditions_on_it_false() -> None:
    reading = read("YL", without(whole_list("YL", "health_centre", {"YL-A03": "two"}), "YL-A04"), CENTRE)
    assert [fault.code for fault in reading.faults] == ["not-a-number"]
    assert "YL-A04" not in reading.shown


def test_quarterly_and_yearly_items_stand_until_their_period_ends() -> None:
    answers = without(whole_list("YL", "health_centre"), "YL-D01", "YL-A04")
    last = {"YL-D01": Carried(False, date(2026, 10, 8)), "YL-A04": Carried(1.5, date(2026, 1, 5))}
    reading = read("YL", answers, CENTRE, last)
    assert (reading.faults, reading.carried) == ([], last)
    over = {"YL-D01": Carried(False, date(2026, 9, 30)), "YL-A04": Carried(1.5, date(2025, 12, 31))}
    missing = [fault.params["item"] for fault in read("YL", answers, CENTRE, over).faults]
    assert missing == ["YL-A04", "YL-D01"]


def test_a_quarterly_item_may_be_answered_again_on_wish() -> None:
    last = {"YL-D01": Carried(False, date(2026, 10, 8))}
    reading = read("YL", whole_list("YL", "health_centre"), CENTRE, last)
    assert reading.carried == {}
    assert reading.given["YL-D01"].value is True


def test_a_hidden_item_does_not_stand_either() -> None:
    last = {"YL-A04": Carried(1.5, date(2026, 1, 5))}
    reading = read("YL", without(whole_list("YL", "health_centre", {"YL-A03": 0}), "YL-A04"), CENTRE, last)
    assert (reading.faults, reading.carried) == ([], {})


def test_monthly_answers_are_never_carried() -> None:
    answers = without(whole_list("YL", "health_centre"), "YL-B01")
    reading = read("YL", answers, CENTRE, {"YL-B01": Carried(True, ON)})
    assert [fault.code for fault in reading.faults] == ["answer-missing"]


def test_dates_are_compared_with_the_inspection_not_with_today() -> None:
    answers = whole_list("YL", "health_centre", {"YL-A06": "2026-11-24", "YL-G02": "2026-11-24"})
    assert read("YL", answers, CENTRE).faults == []
    earlier = read("YL", answers, replace(CENTRE, inspected_on=date(2026, 11, 23)))
    assert [fault.code for fault in earlier.faults] == ["date-after-inspection"] * 2


@pytest.mark.parametrize(
    ("item", "verdict", "photos", "note", "lacks"),
    [
        ("YL-B01", "fail", 0, "", True),
        ("YL-B01", "fail", 0, "  \n", True),
        ("YL-B01", "fail", 1, "", False),
        ("YL-B01", "fail", 0, "相机损坏", False),
        ("YL-B01", "pass", 0, "", False),
        ("YL-B06", "fail", 0, "", False),
        ("YL-H01", "fail", 2, "", True),
        ("YL-H01", "fail", 2, "门头在修缮", False),
    ],
)
def test_r85_a_failing_item_needs_a_photo_or_a_reason(
    item: str, verdict: str, photos: int, note: str, lacks: bool
) -> None:
    assert lacks_proof(ITEMS[item], verdict, photos, note) is lacks  # type: ignore[arg-type]
