"""What a phone drew over a photo reaches the office beside it; the bytes stay as they were taken."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from server import clock
from tests.factories import uploads
from tests.factories.crew import Crew, problem
from tests.factories.inspections import instant
from tests.fixtures.photos import jpeg

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


async def test_a_task_in_a_list_and_on_a_phone_carries_the_marks_of_its_photos(crew: Crew) -> None:
    sha256, plain = await crew.photo("inspector", seed=905), await crew.photo("inspector", seed=906)
    shots = [_shot(sha256, marks=[CIRCLE], note="此处"), _shot(plain)]
    task_id = await crew.opened("YL-B01", photos={"YL-B01": [sha256, plain]}, shots=shots)
    of_the_fault = [{"sha256": sha256, "marks": [CIRCLE], "note": "此处"}]
    [task] = [one for one in (await crew.get("inspector", "/api/phone"))["tasks"] if one["id"] == task_id]
    assert task["markedPhotos"] == of_the_fault
    assert await crew.photo("health", seed=905) == sha256
    shots = [_shot(sha256, marks=[ARROW])]
    await crew.did("health", task_id, "reply", text="已整改", measure="张贴", photos=[sha256], shots=shots)
    last = [{"sha256": sha256, "marks": [ARROW], "note": ""}]
    assert (await crew.task(task_id))["markedPhotos"] == last, "who drew last is shown"


async def test_the_stamped_copy_of_a_use_shows_what_was_drawn_for_it_and_no_other_copy_does(crew: Crew) -> None:
    content = jpeg(907, (800, 600))
    await uploads.send(await crew.of("inspector"), content, takenAt=instant(clock.now()))
    sha256 = uploads.sha256(content)
    shots = [
        _shot(sha256, item="YL-B01", takenAt="2026-11-24T09:00:00+08:00", marks=[ARROW]),
        _shot(sha256, item="YL-G01", takenAt="2026-11-24T09:00:00+08:00"),
    ]
    photos = {"YL-B01": [sha256], "YL-G01": [sha256]}
    receipt = await crew.submit(failing=["YL-B01", "YL-G01"], photos=photos, shots=shots)
    uses = (await crew.get("office", f"/api/inspections/{receipt['id']}"))["photos"]
    marked, plain = sorted(uses, key=lambda use: not use["marks"])
    office = await crew.of("office")

    # Along the arrow, above the foot where the stamp's lines are.
    way = [(int(800 * (0.1 + 0.5 * at / 50)), int(600 * (0.2 + 0.35 * at / 50))) for at in range(26)]

    async def along_the_way(copy: str, use: dict[str, Any]) -> list[Any]:
        answer = await office.get(f"/api/photos/{sha256}/{copy}", params={"use": use["useId"]})
        assert answer.status_code == 200, answer.text
        with Image.open(io.BytesIO(answer.content)) as image:
            return [image.convert("RGB").getpixel(point) for point in way]

    as_taken = await along_the_way("declaration", marked)
    assert await along_the_way("stamped", plain) == as_taken
    drawn = await along_the_way("stamped", marked)
    assert sum(red > 180 and max(green, blue) < 90 for red, green, blue in drawn) > 20
    assert sum(one != other for one, other in zip(drawn, as_taken, strict=True)) > 20
    assert (await office.get(f"/api/photos/{sha256}/original")).content == content


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
