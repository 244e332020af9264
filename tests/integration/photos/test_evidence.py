"""What docs/evidence.md says of the flags is so: none finds less, none suspects more honest people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tricks import circumstances, evidence, pictures, real_photos
from tests.tricks.cases import Count, counted


@pytest.fixture(scope="module")
def counts() -> dict[str, Count]:
    return counted([*circumstances.cases(), *pictures.cases()])


def test_no_flag_is_worse_than_the_document_says(counts: dict[str, Count]) -> None:
    written = evidence.written_counts()
    assert written.keys() == counts.keys(), "make evidence"
    for code, (hits, misses, quiet, false_alarms) in written.items():
        now = counts[code]
        assert now.hits + now.misses == hits + misses, f"{code}: other cases than those written down; make evidence"
        assert now.quiet + now.false_alarms == quiet + false_alarms, f"{code}: make evidence"
        assert now.hits >= hits, f"{code} misses {now.missed}"
        assert now.false_alarms <= false_alarms, f"{code} suspects {now.alarmed}"


def test_each_flag_finds_some_trick_and_no_honest_case(counts: dict[str, Count]) -> None:
    for code, count in counts.items():
        assert count.hits > 0, code
        assert not count.alarmed, (code, count.alarmed)


@pytest.mark.shared
def test_real_photos_taken_where_and_when_they_say_raise_nothing_but_their_damage(shared: Path) -> None:
    photos = real_photos.taken(shared / "photos")
    assert len(photos) >= 25
    assert set(real_photos.circumstances(photos)) <= {"exif-damaged"}
