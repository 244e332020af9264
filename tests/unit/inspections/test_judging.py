"""From a document to verdicts, score and sightings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from schemas.checklists import TemplateVersion
from schemas.inspections import InspectionIn
from server import clock
from server.checklists.circumstances import Carried, Circumstances
from server.checklists.installation import load_templates
from server.inspections.judging import Ground, Judged, judge
from server.inspections.sweeping import confirms_at
from server.inspections.wording import problem_of
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from server.tasks.responsibility import SiteFacts
from tests.factories.inspections import Json, inspection, new_id

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
TODAY = date(2026, 11, 24)
UNITS = {"U-WJJ": "health", "U-RSJ": "hr", "U-KJJ": "science", "U-KX": "association"}
SITE: Json = {"id": new_id(), "kind": "health_centre", "position": {"lat": 27.8, "lon": 113.1}}


def version(code: str = "YL") -> TemplateVersion:
    document = next(one for one in load_templates() if one.code == code)
    return TemplateVersion(id=new_id(), **{name: getattr(document, name) for name in document.__struct_fields__})


YL, KY = version("YL"), version("KY")


def document(template: TemplateVersion = YL, kind: str = "health_centre", **how: Any) -> Json:
    return inspection({**SITE, "kind": kind}, msgspec.to_builtins(template), finished_at=NOON, **how)


def judged(
    body: Json,
    template: TemplateVersion = YL,
    kind: str = "health_centre",
    *,
    last: dict[str, Carried] | None = None,
    told_on: date = TODAY,
    rules: Rules | None = None,
) -> Judged:
    ground = Ground(
        version=template,
        where=Circumstances(kind, TODAY),
        told_on=told_on,
        last_answers=last or {},
        site=SiteFacts("street", "一家医院"),
        units=UNITS,
        rules=rules or Rules(),
    )
    return judge(msgspec.convert(body, InspectionIn), ground)


def without(body: Json, *items: str) -> Json:
    return {**body, "answers": [answer for answer in body["answers"] if answer["item"] not in items]}


def test_a_passing_document_has_a_full_score_and_nothing_to_say() -> None:
    result = judged(document())
    assert (result.score, result.sightings, result.faults) == (100, [], [])
    assert [flag["code"] for flag in result.flags] == []


def test_a_failing_item_becomes_a_sighting_that_says_what_was_seen_and_who_owes_it() -> None:
    body = document(failing=["YL-A01", "YL-B01", "YL-E04"])
    for answer in body["answers"]:
        answer["note"] = "" if answer["item"] == "YL-A01" else answer["note"]
    found = {one.item_code: one for one in judged(body).sightings}
    assert list(found) == ["YL-A01", "YL-B01", "YL-E04"]
    assert found["YL-A01"].problem.startswith("实际 0")
    assert found["YL-B01"].problem == "YL-B01 不符合要求"
    assert (found["YL-B01"].responsibility.unit_id, found["YL-E04"].responsibility.unit_id) == ("health", "hr")
    assert (found["YL-B01"].working_days, found["YL-B01"].severity, found["YL-B01"].closing) == (3, "major", "evidence")


def test_r85_a_failing_item_without_photo_or_reason_is_flagged_and_not_refused() -> None:
    body = document(failing=["YL-B01", "YL-B02", "YL-B06"], photos={"YL-B02": ["0" * 64]})
    result = judged(body)
    flags = {one.item_code: one.flag_codes for one in result.sightings}
    assert result.faults == []
    assert flags == {"YL-B01": ("no-proof",), "YL-B02": (), "YL-B06": ()}
    body["answers"][[a["item"] for a in body["answers"]].index("YL-B01")]["noPhotoReason"] = "病区不便拍照"
    assert {one.item_code: one.flag_codes for one in judged(body).sightings}["YL-B01"] == ()


def test_r85_a_monthly_answer_that_is_missing_is_a_fault_and_a_quarterly_one_is_not() -> None:
    result = judged(without(document(), "YL-B01", "YL-D01", "YL-A04"))
    assert [(fault.code, fault.params["item"]) for fault in result.faults] == [("answer-missing", "YL-B01")]
    late = judged(without(document(), "YL-D01", "YL-A04"))
    assert late.faults == []
    assert late.score == 100


def test_a_quarterly_answer_stands_until_its_quarter_ends() -> None:
    body = without(document(), "YL-D01")
    october, june = Carried(False, date(2026, 10, 9)), Carried(False, date(2026, 6, 9))
    carried = judged(body, last={"YL-D01": october})
    assert (carried.results["YL-D01"]["verdict"], carried.results["YL-D01"]["carried"]) == ("fail", True)
    assert carried.results["YL-D01"]["on"] == "2026-10-09"
    assert carried.sightings == []
    assert judged(body, last={"YL-D01": june}).results["YL-D01"]["verdict"] != "fail"


def test_r37_no_access_has_one_finding_no_score_and_no_answers() -> None:
    body = document(outcome="no_access", answers=[], guidance="大门上锁", shots=[{"sha256": "0" * 64}])
    result = judged(body)
    (sighting,) = result.sightings
    assert (result.score, result.results, result.faults) == (None, {}, [])
    assert (sighting.item_code, sighting.severity, sighting.working_days) == ("YL-NO-ACCESS", "major", 3)
    assert (sighting.problem, sighting.flag_codes) == ("大门上锁", ())
    room = judged(document(KY, "science_room", outcome="no_access", answers=[], guidance="锁门"), KY, "science_room")
    assert [one.item_code for one in room.sightings] == ["KY-A03"]
    assert room.sightings[0].flag_codes == ("no-access-without-photo",)


def test_r37_severity_and_days_of_no_access_are_settings() -> None:
    body = document(outcome="no_access", answers=[], guidance="大门上锁")
    (sighting,) = judged(body, rules=Rules(no_access_severity="severe", no_access_days=1)).sightings
    assert (sighting.severity, sighting.working_days) == ("severe", 1)


def test_r37_no_access_with_answers_or_without_a_reason_cannot_be_stored() -> None:
    result = judged(document(outcome="no_access", guidance="  "))
    assert {fault.pointer for fault in result.faults} == {"/answers", "/guidance"}
    assert result.sightings == []


@pytest.mark.parametrize(("answer", "fault"), [("2026-11-25", None), ("2026-11-26", "date-after-inspection")])
def test_a_phone_that_runs_ahead_may_call_tomorrow_today(answer: str, fault: str | None) -> None:
    body = document()
    next(one for one in body["answers"] if one["item"] == "YL-G02")["value"] = answer
    result = judged(body, told_on=date(2026, 11, 25))
    assert [one.code for one in result.faults] == ([fault] if fault else [])
    if fault is None:
        assert (result.results["YL-G02"]["verdict"], result.results["YL-G02"]["value"]) == ("pass", "2026-11-24")


def test_the_sentence_of_a_finding_names_the_number_or_the_date_that_was_found() -> None:
    items = {item.code: item for item in YL.items}
    assert "45" in problem_of(items["YL-A01"], 45, "") and items["YL-A01"].label.zh in problem_of(
        items["YL-A01"], 45, ""
    )
    assert "2026-01-02" in problem_of(items["YL-A06"], "2026-01-02", "")
    assert items["YL-B01"].label.zh in problem_of(items["YL-B01"], False, "")
    assert problem_of(items["YL-B01"], False, " 三楼无标识 ") == "三楼无标识"


@pytest.mark.parametrize(
    ("received_on", "days", "confirmed_at"),
    [
        (date(2026, 11, 24), 1, "2026-11-25T16:00:00+08:00"),
        (date(2026, 11, 27), 1, "2026-11-30T16:00:00+08:00"),  # over a weekend
        (date(2026, 11, 28), 1, "2026-11-30T16:00:00+08:00"),  # received on a Saturday
        (date(2026, 11, 24), 2, "2026-11-26T16:00:00+08:00"),
    ],
)
def test_r37_an_inspection_confirms_itself_at_four_after_its_working_days(
    received_on: date, days: int, confirmed_at: str
) -> None:
    due = confirms_at(received_on, days=days, work_calendar=WorkCalendar())
    assert due == datetime.fromisoformat(confirmed_at)
    assert clock.shanghai_date(due) > received_on
