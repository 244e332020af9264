"""T1b: the server is killed at each point of a receipt in turn; the same upload goes on, and ends in one photo."""

from __future__ import annotations

import random
import signal

from tests.faults.conftest import Place, Tell, how_many
from tests.faults.dying import POINTS, POINTS_OF_FILES
from tests.faults.phone import Ledger, Phone, sign_in, small_photo
from tests.faults.settling import look_inside, read_back


async def test_t1b_a_receipt_that_was_killed_at_any_point_converges(embedded: Place, tell: Tell) -> None:
    await die_everywhere(embedded, (*POINTS, *POINTS_OF_FILES), how_many(1, 20), tell)


async def test_t1b_the_same_on_postgresql_and_s3(grown: Place, tell: Tell) -> None:
    await die_everywhere(grown, POINTS, how_many(1, 20), tell)


async def die_everywhere(place: Place, points: tuple[str, ...], times: int, tell: Tell) -> None:
    """One photo a death: sent, cut off by it, and gone on with at the server that follows."""
    ledger = Ledger()
    server = place.server(program="tests.faults.dying").start()
    phone = Phone(server.url, sign_in(server.url, "inspector"), ledger, random.Random(1), one_request_each=True)
    try:
        for point in points * times:
            data = small_photo()
            url = await phone.begin(data)
            assert await phone.send_last(url, data, dies_at=point) is None, point
            assert server.wait_until_dead() == -signal.SIGKILL, point
            server.start()
            await phone.deliver(data, url)
        read_back(server, ledger)
    finally:
        await phone.close()
        server.stop()
    await look_inside(place.settings, ledger)
    tell(f"{len(points) * times} deaths at {len(points)} points: {ledger.summary}; 0 lost, 0 twice, 0 left behind")
