"""Which unit owes a task and which ones watch it."""

from __future__ import annotations

import pytest

from schemas.checklists import UnitType
from server.tasks.responsibility import Responsibility, SiteFacts, responsible

SITE = SiteFacts(street_id="street", institution="一家医院")
UNITS = {"U-WJJ": "health", "U-RSJ": "human resources", "U-KJJ": "science bureau", "U-KX": "science association"}


@pytest.mark.parametrize(
    ("unit_type", "owes"),
    [
        ("medical", "health"),
        ("street", "street"),
        ("human_resources", "human resources"),
        ("science_association", "science association"),
    ],
)
def test_r3_one_unit_owes_and_the_institution_stays_beside_it(unit_type: UnitType, owes: str) -> None:
    found = responsible(unit_type, SITE, UNITS)
    assert found is not None
    assert (found.unit_id, found.institution) == (owes, "一家医院")


def test_r3_the_inspectors_own_part_makes_no_task() -> None:
    assert responsible("inspector", SITE, UNITS) is None


@pytest.mark.parametrize(
    ("unit_type", "watch"),
    [
        ("medical", ()),
        ("street", ("science bureau", "science association")),
        ("human_resources", ("health",)),
        ("science_association", ("street",)),
    ],
)
def test_r12_who_supervises_or_cooperates_watches(unit_type: UnitType, watch: tuple[str, ...]) -> None:
    found = responsible(unit_type, SITE, UNITS)
    assert found is not None
    assert found.watcher_ids == watch
    assert found.unit_id not in found.watcher_ids


def test_a_district_without_the_science_units_has_no_watchers() -> None:
    assert responsible("street", SITE, {"U-WJJ": "health"}) == Responsibility("street", "一家医院")
