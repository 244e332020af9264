"""Verdicts, score and findings of whole inspections."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from schemas.checklists import AnswerValue, Verdict
from server.checklists.circumstances import Carried, Circumstances, EarlierTasks, Register, UnitPhotos
from server.checklists.scoring import (
    Judgement,
    entry_checks_failed,
    findings_of,
    judge_inspection,
    score_of,
)
from tests.unit.checklists.test_answers import CENTRE, ON, ROOM, TEMPLATES, read, whole_list, without

VERDICTS: list[Verdict] = ["pass", "fail", "na", "pending", "record", "unjudged"]


def judged(
    code: str,
    where: Circumstances,
    changes: dict[str, AnswerValue] | None = None,
    last: dict[str, Carried] | None = None,
) -> Judgement:
    answers = without(whole_list(code, where.site_kind, changes), *(last or {}))
    reading = read(code, answers, where, last)
    assert reading.faults == []
    return judge_inspection(TEMPLATES[code], reading, where)


def findings(code: str, judgement: Judgement) -> list[str]:
    return [item.code for item in findings_of(TEMPLATES[code], judgement)]


def test_r67_everything_passed_is_100() -> None:
    assert judged("YL", CENTRE).score == 100
    assert judged("YL", Circumstances("hospital", ON)).score == 100


def test_r67_the_score_is_the_exact_share_of_the_weights() -> None:
    # 105 for a health centre, of which YL-B02 (5) and YL-C05 (1) fail
    assert judged("YL", CENTRE, {"YL-B02": False, "YL-C05": False}).score == Fraction(9900, 105)


def test_r67_not_applicable_and_hidden_items_stand_in_neither_sum() -> None:
    # without boards YL-A03 (4) fails and YL-A04 A05 A06 A07 A08 (2 1 3 1 2) are hidden; YL-B05 (2) is not applicable
    judgement = judged("YL", CENTRE, {"YL-A03": 0, "YL-B05": "na"})
    assert judgement.score == Fraction(100 * (105 - 9 - 2 - 4), 105 - 9 - 2)
    assert "YL-A04" not in judgement.verdicts


def test_r67_pending_and_unjudged_items_are_not_scored() -> None:
    # KH-C04 (2), KH-C06 (2), KH-D03 (5) are the system's; nothing of them is known here
    judgement = judged("KH", ROOM, {"KH-A06": False})
    assert {judgement.verdicts[code] for code in ("KH-C04", "KH-C06", "KH-D03")} == {"unjudged"}
    assert judgement.score == Fraction(100 * (68 - 9 - 2), 68 - 9)


def test_r67_what_the_registers_say_is_scored() -> None:
    register = Register(earlier_tasks=EarlierTasks(2, 1), unit_photos=UnitPhotos(3, 3))
    judgement = judged("KH", Circumstances("science_room", ON, {}, register))
    assert judgement.score == Fraction(100 * (68 - 2 - 5), 68 - 2)
    assert findings("KH", judgement) == []  # KH-D03 fails and has no working days: its old tasks go on


def test_r67_carried_answers_are_scored_and_make_no_finding() -> None:
    last = {"YL-D01": Carried(False, date(2026, 10, 8))}
    judgement = judged("YL", CENTRE, last=last)
    assert judgement.score == Fraction(100 * (105 - 3), 105)
    assert (judgement.carried, findings("YL", judgement)) == (frozenset({"YL-D01"}), [])
    assert findings("YL", judged("YL", CENTRE, {"YL-D01": False})) == ["YL-D01"]


def test_r67_nothing_scored_is_no_score() -> None:
    assert score_of(TEMPLATES["YL"].items, {}) is None
    assert score_of(TEMPLATES["YL"].items, {"YL-H02": "record", "YL-B05": "na"}) is None
    assert score_of(TEMPLATES["YL"].items, {"YL-H01": "fail"}) is None
    assert score_of(TEMPLATES["YL"].items, {"YL-B05": "fail"}) == 0


@given(st.dictionaries(st.sampled_from([i.code for i in TEMPLATES["YL"].items]), st.sampled_from(VERDICTS)))
def test_r67_for_any_verdicts(verdicts: dict[str, Verdict]) -> None:
    weights = {item.code: item.weight for item in TEMPLATES["YL"].items}
    passed = sum(weights[code] for code, verdict in verdicts.items() if verdict == "pass")
    failed = sum(weights[code] for code, verdict in verdicts.items() if verdict == "fail")
    score = score_of(TEMPLATES["YL"].items, verdicts)
    if passed + failed == 0:
        assert score is None
    else:
        assert score is not None
        assert 0 <= score <= 100
        assert score * (passed + failed) == 100 * passed


def test_r38_fewer_than_two_forms_of_publicity_is_a_finding() -> None:
    assert findings("YL", judged("YL", CENTRE, {"YL-A01": 1})) == ["YL-A01"]
    assert findings("YL", judged("YL", CENTRE, {"YL-A01": 2})) == []


def test_findings_stand_in_the_order_of_the_template() -> None:
    judgement = judged("YL", CENTRE, {"YL-G01": False, "YL-A01": 0, "YL-A08": False})
    assert findings("YL", judgement) == ["YL-A01", "YL-A08", "YL-G01"]


def test_a_failing_check_on_entry_is_named_and_is_no_finding() -> None:
    judgement = judged("KH", ROOM, {"KH-B03": "unsure"})
    assert [item.code for item in entry_checks_failed(TEMPLATES["KH"], judgement)] == ["KH-B03"]
    assert findings("KH", judgement) == []
    assert judgement.verdicts["KH-C06"] == "na"


def test_an_item_without_weight_is_no_finding_whatever_its_days() -> None:
    document = TEMPLATES["YL"]
    items = [
        msgspec.structs.replace(item, working_days=3, closing="evidence") if item.code == "YL-H01" else item
        for item in document.items
    ]
    answers = [
        answer._replace(photo_count=0) if answer.item == "YL-H01" else answer for answer in whole_list("YL", "hospital")
    ]
    where = Circumstances("hospital", ON)
    judgement = judge_inspection(document, read("YL", answers, where), where)
    assert judgement.verdicts["YL-H01"] == "fail"
    assert findings_of(msgspec.structs.replace(document, items=items), judgement) == []


def test_books_are_only_recorded_where_the_residents_are_not_registered() -> None:
    nowhere = judged("KY", Circumstances("science_room", ON), {"KY-C01": 0})
    assert (nowhere.verdicts["KY-C01"], findings("KY", nowhere)) == ("record", [])
    assert findings("KY", judged("KY", ROOM, {"KY-C01": 159})) == ["KY-C01"]
    assert findings("KY", judged("KY", ROOM, {"KY-C01": 160})) == []
