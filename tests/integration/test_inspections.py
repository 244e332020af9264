"""Submitting an inspection: stored once, judged, and refused only where it cannot be stored."""

from __future__ import annotations

from datetime import timedelta

from server import clock
from tests.factories.crew import Crew, absent_photo, pointers, problem
from tests.factories.inspections import instant, new_id, no_access, shuffled
from tests.integration.conftest import Travel


async def test_an_inspection_without_fault_scores_a_hundred_and_opens_nothing(crew: Crew) -> None:
    for site in ("YL-01", "YL-03", "YL-05", "KP-01"):
        receipt = await crew.submit(site)
        assert (receipt["score"], receipt["findings"], receipt["missingPhotos"]) == (100, [], []), site
    activity = await crew.submit("KP-01", template="KH", photos={"KH-C03": [absent_photo(str(n)) for n in range(3)]})
    assert (activity["score"], activity["findings"]) == (100, [])


async def test_each_failing_item_becomes_a_finding_with_a_new_task(crew: Crew) -> None:
    receipt = await crew.submit(failing=["YL-B01", "YL-G01"])
    assert [(one["item"], one["link"]) for one in receipt["findings"]] == [("YL-B01", "new"), ("YL-G01", "new")]
    assert 0 < receipt["score"] < 100
    drafts = await crew.get("office", "/api/findings", status="draft")
    assert {one["item"] for one in drafts["items"]} == {"YL-B01", "YL-G01"}
    assert all(one["unitName"] == "区卫计局" and one["dueProvisional"] for one in drafts["items"])
    shown = await crew.get("office", f"/api/inspections/{receipt['id']}")
    assert {one["item"]: one["verdict"] for one in shown["answers"]}["YL-B01"] == "fail"
    assert shown["state"] == "submitted"


async def test_r37_the_same_inspection_sent_twice_is_stored_once(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01", "YL-G01"])
    inspection_id = new_id()
    first = await crew.put(body, inspection_id=inspection_id)
    again = await crew.put(shuffled(body), inspection_id=inspection_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len((await crew.get("office", "/api/inspections"))["items"]) == 1
    assert len((await crew.get("office", "/api/findings"))["items"]) == 2


async def test_another_inspection_under_the_same_id_is_refused_and_changes_nothing(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01"])
    inspection_id = new_id()
    await crew.put(body, inspection_id=inspection_id)
    other = await crew.put({**body, "guidance": "另一份"}, inspection_id=inspection_id)
    assert (other.status_code, problem(other)) == (409, "inspection-differs")
    of_another = await crew.put(body, inspection_id=inspection_id, by="inspector2")
    assert (of_another.status_code, problem(of_another)) == (409, "inspection-differs")
    kept = await crew.get("office", f"/api/inspections/{inspection_id}")
    assert kept["guidance"] == body["guidance"]


async def test_work_of_another_person_is_refused_and_stays_on_the_phone(crew: Crew) -> None:
    body = await crew.body()
    refused = await crew.put(body, by="inspector2", **{"X-Author": await crew.person("inspector")})
    assert (refused.status_code, problem(refused)) == (409, "author-differs")
    assert (await crew.get("office", "/api/inspections"))["items"] == []
    assert (await crew.put(body, **{"X-Author": await crew.person("inspector")})).status_code == 201


async def test_a_body_of_the_wrong_shape_is_refused_with_its_first_place(crew: Crew) -> None:
    body = await crew.body()
    for wrong, place in (
        ({**body, "siteId": "x"}, "siteId"),
        ({**body, "startedAt": "2026-11-24T09:00:00"}, "startedAt"),
        ({**body, "surprise": 1}, "surprise"),
        ({**body, "answers": [{"item": "YL-A01"}]}, "answers"),
        ({**body, "outcome": "perhaps"}, "outcome"),
        ({**body, "guidance": "a\0b"}, "guidance"),
        ({**body, "finishedAt": "0001-01-01T00:00:00+08:00"}, "finishedAt"),
    ):
        answer = await crew.put(wrong)
        assert (answer.status_code, problem(answer)) == (400, "bad-body"), place
        assert place in answer.json()["detail"], answer.text


async def test_a_body_that_is_no_json_is_refused_as_a_body(crew: Crew) -> None:
    inspector = await crew.of("inspector")
    for content in (b"", b"{", b"[]", b"null", b"\xff\xfe"):
        answer = await inspector.put(
            f"/api/inspections/{new_id()}", content=content, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, problem(answer)) == (400, "bad-body"), content


async def test_r85_all_that_cannot_be_stored_is_named_at_once(crew: Crew) -> None:
    body = await crew.body()
    places = {answer["item"]: place for place, answer in enumerate(body["answers"])}
    answers = [answer for answer in body["answers"] if answer["item"] != "YL-G03"]
    answers[places["YL-A01"]]["value"] = -1
    answers[places["YL-B01"]]["value"] = "maybe"
    answers.append({"item": "NO-SUCH", "value": 1})
    answers.append({"item": "YL-A01", "value": 3})
    found = pointers(await crew.put({**body, "answers": answers}))
    assert set(found) == {
        "/answers",
        f"/answers/{places['YL-A01']}/value",
        f"/answers/{places['YL-B01']}/value",
        f"/answers/{len(answers) - 2}/item",
        f"/answers/{len(answers) - 1}/item",
    }
    assert (await crew.get("office", "/api/inspections"))["items"] == []


async def test_an_unknown_site_and_an_unknown_checklist_are_named_together(crew: Crew) -> None:
    wrong = {**await crew.body(), "siteId": new_id(), "templateVersionId": new_id()}
    assert set(pointers(await crew.put(wrong))) == {"/siteId", "/templateVersionId"}
    assert pointers(await crew.put(await crew.body(), inspection_id="not-an-id")) == ["/id"]


async def test_a_refused_draft_is_taken_under_the_same_id_once_it_is_right(crew: Crew) -> None:
    body, inspection_id = await crew.body(), new_id()
    assert (await crew.put({**body, "answers": []}, inspection_id=inspection_id)).status_code == 422
    assert (await crew.put(body, inspection_id=inspection_id)).status_code == 201


async def test_r85_a_failing_item_without_photo_or_reason_is_kept_with_a_flag(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01", "YL-G01"])
    for answer in body["answers"]:
        if answer["item"] == "YL-B01":
            answer["noPhotoReason"] = "病区不便拍照"
    assert (await crew.put(body)).status_code == 201
    findings = (await crew.get("office", "/api/findings"))["items"]
    flags = {one["item"]: [flag["code"] for flag in one["flags"]] for one in findings}
    assert flags == {"YL-B01": [], "YL-G01": ["no-proof"]}
    flagged = (await crew.get("office", "/api/findings", flag="any"))["items"]
    assert [one["item"] for one in flagged] == ["YL-G01"]


async def test_it_is_taken_before_its_photos_and_owes_them_until_they_come(crew: Crew) -> None:
    here, absent = await crew.photo("inspector", seed=3), absent_photo()
    body = await crew.body(failing=["YL-B01"], photos={"YL-B01": [here, absent]})
    inspection_id = new_id()
    receipt = (await crew.put(body, inspection_id=inspection_id)).json()
    assert receipt["missingPhotos"] == [absent]
    again = (await crew.put(body, inspection_id=inspection_id)).json()
    assert again["missingPhotos"] == [absent]
    finding = (await crew.get("office", "/api/findings"))["items"][0]
    assert {photo["sha256"]: photo["state"] for photo in finding["photos"]} == {here: "received", absent: "missing"}
    use = next(photo["useId"] for photo in finding["photos"] if photo["state"] == "missing")
    waived = await (await crew.of("office")).post(f"/api/photos/uses/{use}/waive", json={"reason": "手机损坏"})
    assert waived.status_code == 200
    assert (await crew.put(body, inspection_id=inspection_id)).json()["missingPhotos"] == []


async def test_r86_photos_are_judged_at_the_site_but_for_those_that_may_come_from_elsewhere(crew: Crew) -> None:
    """900 m away is outside; a paper (KH-C03) proves neither a place nor a time."""
    site = await crew.site("KP-01")
    far = {"lat": site["position"]["lat"] + 0.0081, "lon": site["position"]["lon"], "accuracyM": 5.0}
    hashes = [await crew.photo("inspector", seed=80 + number) for number in range(6)]
    papers, others = hashes[:3], hashes[3:]
    taken = {"takenAt": instant(clock.now() - timedelta(days=3)), "fix": far}
    shots = [{"sha256": sha256, **taken} for sha256 in hashes]
    photos = {"KH-C03": papers, "KH-A05": others}
    receipt = await crew.submit("KP-01", template="KH", photos=photos, shots=shots)
    uses = (await crew.get("office", f"/api/inspections/{receipt['id']}"))["photos"]
    flags = {use["sha256"]: {flag["code"]: flag["detail"] for flag in use["flags"]} for use in uses}
    for sha256 in others:
        assert (flags[sha256]["outside-site"]["radiusM"], "time-gap" in flags[sha256]) == (300, True)
    for sha256 in papers:
        assert not {"outside-site", "time-gap"} & flags[sha256].keys()


async def test_a_quarterly_answer_need_not_be_given_again_in_its_quarter(crew: Crew, travel: Travel) -> None:
    await crew.submit(failing=["YL-D01"])
    travel(timedelta(minutes=10))
    body = await crew.body()
    body["answers"] = [answer for answer in body["answers"] if answer["item"] != "YL-D01"]
    receipt = (await crew.put(body)).json()
    assert receipt["findings"] == []
    assert receipt["score"] < 100


async def test_a_late_first_answer_is_taken_though_the_quarter_asks_for_it(crew: Crew) -> None:
    body = await crew.body()
    body["answers"] = [answer for answer in body["answers"] if answer["item"] not in ("YL-D01", "YL-A04")]
    assert (await crew.put(body)).status_code == 201


async def test_a_clock_that_is_off_is_put_right_and_flagged(crew: Crew) -> None:
    ahead = timedelta(hours=30)
    told = clock.now() + ahead
    body = await crew.body(failing=["YL-B01"], finished_at=told)
    receipt = (await crew.put(body, **{"X-Device-Time": instant(told)})).json()
    shown = await crew.get("office", f"/api/inspections/{receipt['id']}")
    assert [flag["code"] for flag in shown["flags"]] == ["clock-skew"]
    assert abs(shown["flags"][0]["detail"]["seconds"] - ahead.total_seconds()) < 60
    finding = (await crew.get("office", "/api/findings"))["items"][0]
    assert finding["seenAt"] <= finding["receivedAt"]
    exact = await crew.put(await crew.body("YL-04"), **{"X-Device-Time": instant(clock.now())})
    assert (await crew.get("office", f"/api/inspections/{exact.json()['id']}"))["flags"] == []


async def test_a_clock_that_is_put_back_within_a_visit_is_told_and_refuses_nothing(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01"])
    answer = await crew.put({**body, "startedAt": body["finishedAt"], "finishedAt": body["startedAt"]})
    assert answer.status_code == 201, answer.text
    flags = (await crew.get("office", f"/api/inspections/{answer.json()['id']}"))["flags"]
    assert [(flag["code"], flag["detail"]) for flag in flags] == [("clock-put-back", {"seconds": 25 * 60})]


async def test_a_senseless_phone_clock_refuses_nothing(crew: Crew) -> None:
    for text in ("", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-24T09:00:00"):
        assert (await crew.put(await crew.body(), **{"X-Device-Time": text})).status_code == 201, text


async def test_r37_no_access_has_no_score_one_finding_and_plans_a_second_visit(crew: Crew) -> None:
    site, version = await crew.site("YL-03"), await crew.version("YL")
    before = [one for one in (await crew.pack())["visits"] if one["siteId"] == site["id"]]
    receipt = (await crew.put(no_access(site, version, shots=[{"sha256": absent_photo()}]))).json()
    assert receipt["score"] is None
    assert [one["item"] for one in receipt["findings"]] == ["YL-NO-ACCESS"]
    finding = (await crew.get("office", "/api/findings"))["items"][0]
    assert (finding["severity"], finding["flags"]) == ("major", [])
    assert [photo["sha256"] for photo in finding["photos"]] == [absent_photo()]
    after = [one for one in (await crew.get("inspector", "/api/phone"))["visits"] if one["siteId"] == site["id"]]
    assert sorted(one["status"] for one in after) == ["done", "planned"]
    second = next(one for one in after if one["status"] == "planned")
    assert second["assignees"] == before[0]["assignees"]
    assert (await crew.get("office", "/api/overview"))["coverage"] == 0


async def test_r37_no_access_without_a_reason_or_with_answers_is_refused_without_a_photo_flagged(crew: Crew) -> None:
    site, version = await crew.site("KP-01"), await crew.version("KY")
    wrong = no_access(site, version, guidance=" ", answers=(await crew.body("KP-01"))["answers"])
    assert set(pointers(await crew.put(wrong))) == {"/answers", "/guidance"}
    receipt = (await crew.put(no_access(site, version))).json()
    assert [one["item"] for one in receipt["findings"]] == ["KY-A03"]
    flags = (await crew.get("office", "/api/findings"))["items"][0]["flags"]
    assert [flag["code"] for flag in flags] == ["no-access-without-photo"]


async def test_an_unplanned_inspection_counts_for_the_plan(crew: Crew) -> None:
    site = await crew.site("YL-03")
    await crew.submit("YL-03")
    visits = (await crew.get("inspector", "/api/phone"))["visits"]
    assert [one["status"] for one in visits if one["siteId"] == site["id"]] == ["done"]
    overview = await crew.get("office", "/api/overview")
    assert (overview["done"], overview["planned"]) == (1, 15)


async def test_a_visit_of_another_site_is_flagged_and_left_alone(crew: Crew) -> None:
    other = await crew.site("YL-04")
    visit = next(one for one in (await crew.pack())["visits"] if one["siteId"] == other["id"])
    for wrong in (visit["id"], new_id()):
        receipt = (await crew.put({**await crew.body("YL-03"), "visitId": wrong})).json()
        shown = await crew.get("office", f"/api/inspections/{receipt['id']}")
        assert [flag["code"] for flag in shown["flags"]] == ["visit-unknown"]
    visits = (await crew.get("inspector", "/api/phone"))["visits"]
    assert next(one["status"] for one in visits if one["id"] == visit["id"]) == "planned"


async def test_the_visit_that_it_names_is_done(crew: Crew) -> None:
    site = await crew.site("KP-02")
    visit = next(
        one for one in (await crew.pack())["visits"] if (one["siteId"], one["templateCode"]) == (site["id"], "KY")
    )
    assert (await crew.put({**await crew.body("KP-02"), "visitId": visit["id"]})).status_code == 201
    visits = (await crew.get("inspector", "/api/phone"))["visits"]
    done = [one["templateCode"] for one in visits if one["siteId"] == site["id"] and one["status"] == "done"]
    assert done == ["KY"]
