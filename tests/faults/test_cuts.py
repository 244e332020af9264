"""T3: a network that cuts, loses, truncates, delays, resets and doubles; each submission counts exactly once."""

from __future__ import annotations

import itertools
import random

from tests.faults.conftest import Place, Tell, how_many
from tests.faults.proxy import FAULTS, BadNetwork
from tests.faults.rounds import Rounds
from tests.faults.settling import look_inside, read_back, unswept


async def test_t3_a_bad_network_changes_nothing(embedded: Place, tell: Tell) -> None:
    await rounds_through_a_bad_network(embedded, how_many(60, 1_700), tell)


async def test_t3_the_same_on_postgresql_and_s3(grown: Place, tell: Tell) -> None:
    await rounds_through_a_bad_network(grown, how_many(15, 300), tell)


async def rounds_through_a_bad_network(place: Place, wanted: int, tell: Tell) -> None:
    """A round sends three times with photos: the inspection, the reply, the strike-off."""
    server = place.server().start()
    try:
        async with BadNetwork(server.port, random.Random(20261124)).open() as network:
            rounds = Rounds(server, through=network.url)
            begun = itertools.count(1)
            await rounds.drive(lambda: next(begun) <= wanted)
        read_back(server, rounds.ledger)
        # While the server still runs and no sweep has been: what was cut off has cleaned up after itself.
        assert unswept(place.settings, rounds.ledger) == []
    finally:
        server.stop()
    await look_inside(place.settings, rounds.ledger)
    assert rounds.done == wanted
    # Nothing but "the store cannot now" may be a fault of the server's; a conflict is an offset's, never a body's.
    assert [answer for answer in network.answers if " 5" in answer and not answer.endswith("503")] == []
    assert [answer for answer in network.answers if answer.endswith(" 409") and not answer.startswith("PATCH")] == []
    assert set(network.faults) == {"none", *FAULTS}
    met = sum(count for fault, count in network.faults.items() if fault != "none")
    kinds = ", ".join(f"{count} {fault}" for fault, count in sorted(network.faults.items()) if fault != "none")
    sent = f"{3 * rounds.done} submissions with photos"
    tell(f"{met} faults ({kinds}), {sent}: {rounds.ledger.summary}; exactly once, 0 left behind")
