"""What was put right while the inspector was there, and who has the last word about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

from server import clock
from server.tasks.on_spot import Seen, last_word, status_after

AT = clock.now()
SEEN = Seen("a", "inspector", AT, on_spot=True, is_proved=True)
LATER = replace(SEEN, finding_id="b", seen_at=AT + timedelta(hours=1))


def test_r40_the_latest_sighting_has_the_last_word() -> None:
    assert last_word([]) is None
    assert last_word([SEEN]) == SEEN
    assert last_word([replace(SEEN, on_spot=False), LATER]) == LATER
    # Somebody saw the fault after it was said to be put right.
    assert last_word([SEEN, replace(LATER, on_spot=False)]) is None


def test_r40_only_a_person_countersigns_and_only_with_the_photo() -> None:
    for proved, by_person, strict in product((True, False), repeat=3):
        seen = replace(SEEN, is_proved=proved)
        closes = proved and by_person and not strict
        status = status_after(seen, refused=False, by_person=by_person, strict=strict)
        assert status == ("closed" if closes else "replied"), (proved, by_person, strict)


def test_r40_what_is_refused_or_was_never_on_the_spot_goes_its_ordinary_way() -> None:
    assert status_after(SEEN, refused=True, by_person=True, strict=False) is None
    assert status_after(None, refused=False, by_person=True, strict=False) is None
