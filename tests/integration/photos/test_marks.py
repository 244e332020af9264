"""What a phone drew over a photo reaches the office beside it; the bytes stay as they were taken."""

from __future__ import annotations

from typing import Any

import pytest

from server import clock
from tests.factories.crew import Crew, problem
from tests.factories.inspections import instant

ARROW = {"shape": "arrow", "points": [0.1, 0.2, 0.6, 0.55]}
CIRCLE = {"shape": "circle", "points": [0.4, 0.4, 0.8, 0.7]}


def _shot(sha256: str, **more: Any) -> dict[str, Any]:
    return {"sha256": sha256, "takenAt": instant(clock.now()), "source": "camera", **more}


async def test_marks_and_note_stand_beside_the_photo_of_the_finding_and_in_its_case(crew: Crew) -> None:
    sha256 = await crew.photo("inspector", seed=901)
    shots = [_shot(sha256, marks=[ARROW, CIRCLE], note=" 门框上的标识脱落 ")]
    await crew.submit(failing=["YL-B01"], photos={"YL-B01": [sha256]}, shots=shots)
    [finding] = (await crew.get("office", "/api/findings"))["items"]
    [photo] = finding["photos"]
    assert (photo["marks"], photo["note"]) == ([ARROW, CIRCLE], "门框上的标识脱落")
    case = await crew.get("office", f"/api/photos/{sha256}")
    assert [(use["marks"], use["note"]) for use in case["uses"]] == [([ARROW, CIRCLE], "门框上的标识脱落")]


async def test_the_same_bytes_for_two_items_keep_a_shot_and_marks_of_their_own(crew: Crew) -> None:
    sha256 = await crew.photo("inspector", seed=902)
    shots = [
        _shot(sha256, item="YL-B01", takenAt="2026-11-24T09:00:00+08:00", marks=[ARROW]),
        _shot(sha256, item="YL-G01", takenAt="2026-11-24T09:05:00+08:00", marks=[CIRCLE]),
    ]
    photos = {"YL-B01": [sha256], "YL-G01": [sha256]}
    receipt = await crew.submit(failing=["YL-B01", "YL-G01"], photos=photos, shots=shots)
    uses = (await crew.get("office", f"/api/inspections/{receipt['id']}"))["photos"]
    case = await crew.get("office", f"/api/photos/{sha256}")
    item_of = {use["id"]: use["item"] for use in case["uses"]}
    assert {item_of[use["useId"]]: use["marks"] for use in uses} == {"YL-B01": [ARROW], "YL-G01": [CIRCLE]}
    assert len({use["shotId"] for use in case["uses"]}) == 2
    assert len({use["takenAt"] for use in uses}) == 2


async def test_a_unit_sees_its_own_marks_on_a_reply(crew: Crew) -> None:
    task_id = await crew.opened()
    sha256 = await crew.photo("health", seed=903)
    shots = [_shot(sha256, marks=[ARROW], note="已重新张贴")]
    words = {"text": "已整改", "measure": "张贴标识"}
    await crew.did("health", task_id, "reply", photos=[sha256], shots=shots, **words)
    photos = [photo for step in (await crew.task(task_id, "health"))["timeline"] for photo in step["photos"]]
    assert [(photo["marks"], photo["note"]) for photo in photos] == [([ARROW], "已重新张贴")]


@pytest.mark.parametrize(
    "mark",
    [
        {"shape": "arrow", "points": [0.1, 0.2, 0.6]},
        {"shape": "circle", "points": [0.1, 0.2, 0.6, 0.5, 0.7, 0.8]},
        {"shape": "pen", "points": [0.1, 0.2, 0.6, 1.5]},
        {"shape": "pen", "points": [0.1] * 402},
        {"shape": "text", "points": [0.1, 0.2, 0.6, 0.5]},
    ],
)
async def test_a_mark_that_cannot_be_drawn_is_of_the_wrong_shape(crew: Crew, mark: dict[str, Any]) -> None:
    sha256 = await crew.photo("inspector", seed=904)
    body = await crew.body(failing=["YL-B01"], photos={"YL-B01": [sha256]}, shots=[_shot(sha256, marks=[mark])])
    refused = await crew.put(body)
    assert (refused.status_code, problem(refused)) == (400, "bad-body")
