"""What the list of inspections says of photos and feedback: the same as is true. On both databases."""

from __future__ import annotations

from datetime import timedelta

from server import clock
from server.district import District
from server.messages.sweeping import messages_due
from tests.factories.crew import Crew, absent_photo
from tests.factories.inspections import Json
from tests.integration.conftest import Travel


async def row(crew: Crew, inspection_id: str, **asked: str) -> Json | None:
    found: list[Json] = (await crew.get("office", "/api/inspections", **asked))["items"]
    return next((one for one in found if one["id"] == inspection_id), None)


async def test_photos_are_counted_by_what_became_of_them(crew: Crew) -> None:
    there, absent = await crew.photo("inspector", seed=5), absent_photo()
    receipt = await crew.submit(failing=["YL-B01"], photos={"YL-B01": [there, absent]})
    listed = await row(crew, receipt["id"])
    assert listed is not None
    assert listed["photos"] == {"received": 1, "missing": 1, "refused": 0, "waived": 0}
    detail = await crew.get("office", f"/api/inspections/{receipt['id']}")
    (use,) = [photo["useId"] for photo in detail["photos"] if photo["state"] == "missing"]
    waived = await (await crew.of("office")).post(f"/api/photos/uses/{use}/waive", json={"reason": "手机已损坏"})
    assert waived.status_code in (200, 204), waived.text
    listed = await row(crew, receipt["id"])
    assert listed is not None
    assert listed["photos"] == {"received": 1, "missing": 0, "refused": 0, "waived": 1}


async def test_r39_an_inspection_shows_who_got_its_feedback_and_who_read_it(
    crew: Crew, district: District, travel: Travel
) -> None:
    on = clock.today() + timedelta(days=1)
    while on.weekday() >= 5:
        on += timedelta(days=1)
    travel(clock.end_of_day(on) - timedelta(hours=14) - clock.now())
    crew.sign_out()
    receipt = await crew.submit(failing=["YL-B01"])
    assert (await (await crew.of("supervisor")).post(f"/api/inspections/{receipt['id']}/confirm")).status_code == 204
    listed = await row(crew, receipt["id"])
    assert listed is not None and listed["feedback"] is None
    await messages_due(district.database, clock.now())
    listed = await row(crew, receipt["id"], feedback="owed")
    assert listed is not None
    assert listed["feedback"] == {"people": 2, "delivered": 0, "read": 0, "onPaper": 0}
    await messages_due(district.database, travel(timedelta(hours=7)))
    crew.sign_out()
    listed = await row(crew, receipt["id"], feedback="unread", state="fed_back")
    assert listed is not None
    assert listed["feedback"] == {"people": 2, "delivered": 2, "read": 0, "onPaper": 0}
    for login in ("health", "health-leader"):
        assert await row(crew, receipt["id"], feedback="read") is None
        for message in (await crew.get(login, "/api/messages"))["items"]:
            await (await crew.of(login)).post(f"/api/messages/{message['id']}/read")
    listed = await row(crew, receipt["id"], feedback="read")
    assert listed is not None and listed["feedback"]["read"] == 2
    assert await row(crew, receipt["id"], feedback="unread") is None
    assert await crew.status("office", "/api/inspections?feedback=lost") == 400
