"""T3: the network between the server and its S3 server is bad; nothing that comes back short is believed."""

from __future__ import annotations

import asyncio
import itertools
import random
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.faults.conftest import Place, Tell, how_many
from tests.faults.phone import Phone, sign_in
from tests.faults.proxy import FAULTS, BadNetwork
from tests.faults.rounds import Rounds
from tests.faults.settling import look_inside, read_back
from tests.faults.stores import S3Server


async def test_t3_a_bad_network_to_the_store_changes_nothing(
    embedded: Place, s3: S3Server, tmp_path: Path, tell: Tell
) -> None:
    wanted = how_many(6, 400)
    async with BadNetwork(s3.port, random.Random(20261125), share=0.3, closing=True).open() as network:
        through = make_url(s3.url).set(port=make_url(network.url).port)
        place = Place(
            tmp_path,
            embedded.variables["XUNGAI_DATABASE_URL"],
            XUNGAI_OBJECTS_URL=through.render_as_string(hide_password=False),
        )
        server = place.server()
        # The network is carried by this loop: whatever waits for the server waits beside it.
        await asyncio.to_thread(server.start)
        try:
            rounds = Rounds(server)
            begun = itertools.count(1)
            await rounds.drive(lambda: next(begun) <= wanted)
            await look_at_each(server.url, rounds)
            met = sum(network.faults[fault] for fault in FAULTS)
            network.share = 0
            await asyncio.to_thread(read_back, server, rounds.ledger)
        finally:
            await asyncio.to_thread(server.stop)
        await look_inside(place.settings, rounds.ledger)
    assert rounds.done == wanted
    assert set(network.faults) == {"none", *FAULTS}
    tell(f"{met} faults between server and store, {rounds.done} rounds: {rounds.ledger.summary}; 0 lost, 0 twice")


async def look_at_each(url: str, rounds: Rounds) -> None:
    """Ask for every photo while the network is bad: a whole answer has its very bytes, and none calls it damaged."""
    phone = Phone(url, sign_in(url, "office"), rounds.ledger, random.Random(2), one_request_each=True)
    try:
        for digest, data in rounds.ledger.photos.items():
            answer = await phone.ask("GET", f"/api/photos/{digest}/original")
            assert (answer.status_code, answer.content == data) == (200, True), (digest, answer.text)
    finally:
        await phone.close()
