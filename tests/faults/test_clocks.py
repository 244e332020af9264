"""T12: phones' clocks are years off, jump within a visit, tell other zones; deadlines and order stay the server's."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import cycle

import pytest

from server import clock
from tests.conftest import SignIn
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id
from tests.faults.conftest import Tell, how_many

SITES = ("YL-01", "YL-02", "YL-03", "YL-04")
ITEMS = ("YL-B01", "YL-B02", "YL-B03")
TEN_YEARS_S = 10 * 365 * 24 * 3600
TOLERATED_S = 120
BEGAN_S = 25 * 60
FAR_OFF = ("years", "days", "minutes", "little", "none")


def offset_s(dice: random.Random, kind: str) -> int:
    """How many seconds a phone's clock is ahead."""
    most = {"years": TEN_YEARS_S, "days": 86_400 * 3, "minutes": 3_600, "little": TOLERATED_S, "none": 0}[kind]
    return dice.randint(-most, most)


def as_told(at: datetime, dice: random.Random) -> str:
    """The instant as a phone of some zone writes it."""
    return at.astimezone(timezone(timedelta(minutes=15 * dice.randint(-48, 56)))).isoformat(timespec="seconds")


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The server's clock, which stands at the one instant in here: today's noon, so that no midnight comes between."""
    now = [datetime.combine(clock.today(), time(12), clock.SHANGHAI).astimezone(UTC)]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_t12_no_phones_clock_moves_a_deadline_or_the_order(
    sign_in: SignIn, standing: list[datetime], tell: Tell
) -> None:
    crew, dice = Crew(sign_in), random.Random(20261125)
    times = how_many(20, 500)
    due_on = {item: (await crew.task(await crew.opened(item, SITES[0])))["dueOn"] for item in ITEMS}
    places, seen = cycle((site, item) for item in ITEMS for site in SITES[1:]), dict[str, int]()
    for number, kind in zip(range(times), cycle(FAR_OFF), strict=False):
        site, item = next(places)
        off_s, jumps = offset_s(dice, kind), dice.random() < 0.3
        standing[0] += timedelta(seconds=1)
        receipt = await send(crew, await crew.body(site, failing=[item]), off_s, dice, jumps=jumps)
        flags = (await crew.get("office", f"/api/inspections/{receipt['id']}"))["flags"]
        told = [flag["detail"]["seconds"] for flag in flags if flag["code"] == "clock-skew"]
        assert told == ([off_s] if abs(off_s) > TOLERATED_S else []), (number, off_s)
        was_put_back = jumps and off_s < -BEGAN_S
        assert ("clock-put-back" in {flag["code"] for flag in flags}) == was_put_back, (number, off_s)
        found = await crew.get("office", f"/api/findings/{receipt['findings'][0]['id']}")
        assert datetime.fromisoformat(found["seenAt"]) == datetime.fromisoformat(found["receivedAt"]) == standing[0]
        task_id = receipt["findings"][0]["taskId"]
        await crew.did("office", task_id, "confirm")
        assert (await crew.task(task_id))["dueOn"] == due_on[item], (number, off_s)
        await crew.did("office", task_id, "void", reason="演练")
        seen[kind] = seen.get(kind, 0) + 1
    told_kinds = ", ".join(f"{count} {kind}" for kind, count in seen.items())
    tell(f"{times} phones ({told_kinds}): each put right to the second, 0 deadlines moved")


async def send(crew: Crew, body: Json, off_s: int, dice: random.Random, *, jumps: bool) -> Json:
    """Hand in what was finished a moment ago by a phone whose clock is that many seconds ahead.

    Where the clock `jumps`, it was put wrong within the visit: the beginning was told by a right one.
    """
    here = clock.now() + timedelta(seconds=off_s)
    began = (clock.now() if jumps else here) - timedelta(seconds=BEGAN_S)
    body |= {"startedAt": as_told(began, dice), "finishedAt": as_told(here, dice)}
    answer = await crew.put(body, inspection_id=new_id(), **{"X-Device-Time": as_told(here, dice)})
    assert answer.status_code == 201, answer.text
    receipt: Json = answer.json()
    return receipt
