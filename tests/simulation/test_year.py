"""A simulated year: every task and every letter ends where the rules say (R36–R49). See README.md."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.districts import Templates
from tests.faults.conftest import DRILL, how_many
from tests.simulation.ending import check_ending
from tests.simulation.town import town
from tests.simulation.year import Year

FIRST, LAST = date(2026, 1, 5), date(2027, 1, 20)
SEED = int(os.environ.get("XUNGAI_SIMULATION_SEED", "1"))


@pytest.mark.timeout(6 * 3600 if DRILL else 1800)
@pytest.mark.parametrize(
    ("kind", "replicas", "quick", "drill"),
    [("postgresql", 2, 150, 6000), ("sqlite", 1, 80, 2000)],
    ids=["postgresql", "sqlite"],
)
async def test_r36_to_r49_a_year_ends_where_the_rules_say(
    kind: str,
    replicas: int,
    quick: int,
    drill: int,
    templates: Templates,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def tell(line: str) -> None:
        if DRILL:
            with capsys.disabled():
                print(f"\n  {line}", flush=True)

    with templates.empty(kind, tmp_path) as url:
        async with town(url, tmp_path, monkeypatch, start=FIRST, replicas=replicas) as place:
            year = Year(place, seed=SEED, findings=how_many(quick, drill), each_evening=DRILL, tell=tell)
            await year.play_through(FIRST, LAST)
            await check_ending(year)
            with capsys.disabled():
                print(f"\n  {kind}, seed {SEED}: {year.told()}", flush=True)
