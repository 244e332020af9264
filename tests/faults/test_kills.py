"""T1: the server dies at any moment under load; what it acknowledged stays, once, and the rest is sent again."""

from __future__ import annotations

import asyncio
import random

from tests.faults.conftest import Place, Tell, how_many
from tests.faults.rounds import Rounds
from tests.faults.settling import look_inside, read_back
from tests.servers.app import AppServer


async def killed_under_load(server: AppServer, rounds: Rounds, kills: int, dice: random.Random) -> None:
    """Kill and start the server `kills` times while the rounds go on, then let everybody finish."""
    killing = True

    async def kill() -> None:
        nonlocal killing
        try:
            for _ in range(kills):
                await asyncio.sleep(dice.uniform(0.02, 1.2))
                await asyncio.to_thread(server.kill)
                await asyncio.to_thread(server.start)
        finally:
            killing = False

    async with asyncio.TaskGroup() as group:
        group.create_task(kill())
        group.create_task(rounds.drive(lambda: killing))


async def test_t1_what_a_killed_server_acknowledged_is_kept_once(embedded: Place, tell: Tell) -> None:
    kills = how_many(12, 500)
    server = embedded.server().start()
    try:
        rounds = Rounds(server)
        await killed_under_load(server, rounds, kills, random.Random(20261124))
        read_back(server, rounds.ledger)
    finally:
        server.stop()
    await look_inside(embedded.settings, rounds.ledger)
    assert rounds.ledger.tries["broken"] > kills
    tell(f"{kills} kills, {rounds.done} rounds: {rounds.ledger.summary}; 0 lost, 0 twice")
