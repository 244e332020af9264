"""T1: the server dies at any moment under load; what it acknowledged stays, once, and the rest is sent again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import make_url

from tests.districts import Templates
from tests.faults.conftest import Place, Tell, how_many
from tests.faults.rounds import Rounds
from tests.faults.settling import look_inside, read_back
from tests.faults.stores import S3Server
from tests.servers.postgres import Cluster


class Killable(Protocol):
    def kill(self) -> None: ...
    def start(self) -> object: ...


async def killed_under_load(
    victim: Killable, rounds: Rounds, kills: int, dice: random.Random, *, down_s: float = 0
) -> None:
    """Kill and start the victim `kills` times while the rounds go on, then let everybody finish."""
    killing = True

    async def kill() -> None:
        nonlocal killing
        try:
            for _ in range(kills):
                await asyncio.sleep(dice.uniform(0.02, 1.2))
                await asyncio.to_thread(victim.kill)
                await asyncio.sleep(down_s)
                await asyncio.to_thread(victim.start)
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


async def test_t1_the_same_on_postgresql_and_s3(grown: Place, tell: Tell) -> None:
    kills = how_many(4, 60)
    server = grown.server().start()
    try:
        rounds = Rounds(server)
        await killed_under_load(server, rounds, kills, random.Random(4))
        read_back(server, rounds.ledger)
    finally:
        server.stop()
    await look_inside(grown.settings, rounds.ledger)
    tell(f"{kills} kills, {rounds.done} rounds: {rounds.ledger.summary}; 0 lost, 0 twice")


async def test_t1_an_s3_server_that_dies_is_waited_for(grown: Place, s3: S3Server, tell: Tell) -> None:
    kills = how_many(3, 40)
    server = grown.server().start()
    try:
        rounds = Rounds(server)
        await killed_under_load(s3, rounds, kills, random.Random(5), down_s=1)
        read_back(server, rounds.ledger)
    finally:
        server.stop()
    await look_inside(grown.settings, rounds.ledger)
    assert rounds.ledger.tries["away"] > 0
    tell(f"{kills} kills of the store, {rounds.done} rounds: {rounds.ledger.summary}; 0 lost, 0 twice")


class Backends:
    """The processes that serve one PostgreSQL database: with one of them killed, the whole cluster recovers."""

    def __init__(self, cluster: Cluster, database_url: str) -> None:
        self._cluster, self._database = cluster, make_url(database_url).database
        # The tests' cluster commits without waiting for its log, so that they are quick; a crash would lose what it
        # acknowledged. Here it waits, as it does by default.
        cluster.run(f'ALTER DATABASE "{self._database}" SET synchronous_commit = on')

    def kill(self) -> None:
        query = f"SELECT pid FROM pg_stat_activity WHERE datname = '{self._database}'"
        for pid in self._cluster.run(query)[:1]:
            os.kill(int(pid), signal.SIGKILL)

    def start(self) -> None:
        """It does so by itself."""


async def test_t1_a_database_that_dies_is_waited_for(
    templates: Templates, cluster: Cluster, tmp_path: Path, tell: Tell
) -> None:
    kills = how_many(4, 60)
    async with templates.installed("postgresql", tmp_path) as url:
        place = Place(tmp_path, url)
        backends = Backends(cluster, url)
        server = place.server().start()
        try:
            rounds = Rounds(server)
            await killed_under_load(backends, rounds, kills, random.Random(6))
            read_back(server, rounds.ledger)
        finally:
            server.stop()
        await look_inside(place.settings, rounds.ledger)
    tell(f"{kills} crashes of the database, {rounds.done} rounds: {rounds.ledger.summary}; 0 lost, 0 twice")
