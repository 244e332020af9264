"""代录: what a unit answered on paper is entered by the office with its scan, and proves nothing by itself (R95)."""

from __future__ import annotations

from datetime import timedelta

from server import clock
from tests.factories.crew import Crew, pointers, problem
from tests.integration.conftest import Travel

WORDS = {"text": "已张贴禁烟标识四处", "signer": "区卫计局分管领导"}


async def test_r95_a_paper_reply_is_entered_with_who_signed_it_its_day_and_its_scan(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened()
    due_on = (await crew.task(task_id))["dueOn"]
    written_on = clock.today().isoformat()
    travel(timedelta(days=30))
    crew.sign_out()
    scan = await crew.photo("office", seed=21)
    nothing = await crew.step("office", task_id, "reply", text="已整改")
    assert (nothing.status_code, pointers(nothing)) == (422, ["/signer", "/originalOn", "/photos"])
    await crew.did("office", task_id, "reply", **WORDS, originalOn=written_on, photos=[scan])
    task = await crew.task(task_id, "health")
    # Written in time: the post does not make a unit late.
    assert (task["status"], task["overdue"], task["dueOn"]) == ("replied", False, due_on)
    entered = task["timeline"][-1]
    assert (entered["role"], entered["text"], entered["detail"]) == (
        "office",
        WORDS["text"],
        {"signer": WORDS["signer"], "originalOn": written_on},
    )
    assert [photo["sha256"] for photo in entered["photos"]] == [scan]
    assert task["afterPhotos"] == []


async def test_r95_a_paper_is_of_the_time_between_the_order_and_today(crew: Crew) -> None:
    task_id = await crew.opened()
    paper = WORDS | {"photos": [await crew.photo("office", seed=22)]}
    for days in (-1, 1):
        on = (clock.today() + timedelta(days=days)).isoformat()
        refused = await crew.step("office", task_id, "reply", **paper, originalOn=on)
        assert (refused.status_code, pointers(refused)) == (422, ["/originalOn"])


async def test_r41_who_entered_a_paper_reply_does_not_verify_it_and_its_scan_is_no_after_photo(crew: Crew) -> None:
    task_id = await crew.opened()
    paper = WORDS | {"photos": [await crew.photo("office", seed=23)], "originalOn": clock.today().isoformat()}
    await crew.did("office", task_id, "reply", **paper)
    own = await crew.step("office", task_id, "strike_off", note="看过材料", photos=paper["photos"])
    assert (own.status_code, problem(own)) == (403, "own-work")
    assert {"strike_off", "return"}.isdisjoint((await crew.task(task_id))["actions"])
    unproved = await crew.step("supervisor", task_id, "strike_off", note="看过材料")
    assert (unproved.status_code, pointers(unproved)) == (422, ["/photos"])
    await crew.did(
        "inspector2", task_id, "strike_off", note="现场已看", photos=[await crew.photo("inspector2", seed=24)]
    )


async def test_r95_only_the_office_enters_what_came_on_paper(crew: Crew) -> None:
    task_id = await crew.opened()
    for login in ("supervisor", "inspector"):
        paper = WORDS | {"photos": [await crew.photo(login, seed=25)], "originalOn": clock.today().isoformat()}
        refused = await crew.step(login, task_id, "reply", **paper)
        assert refused.status_code == 403
