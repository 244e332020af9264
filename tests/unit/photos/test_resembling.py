"""What a comparison of pixels makes of a likeness of hashes."""

import pytest

from server.photos.flags import Detail, Flag
from server.photos.resembling import Candidate, judged

EARLIER = Candidate("a", same_task=False, bits=2)
BEFORE = Candidate("b", same_task=True, bits=None)
SAME = ("same", {"agreement": 0.8, "patch": None})
EDITED = ("edited", {"agreement": 0.7, "patch": [0.1, 0.2, 0.3, 0.4]})
OTHER = ("other", {"agreement": 0.01, "patch": None})
PATCH: Detail = {"patchLeft": 0.1, "patchTop": 0.2, "patchWidth": 0.3, "patchHeight": 0.4, "patchPercent": 12}


@pytest.mark.parametrize(
    ("candidate", "told", "flags"),
    [
        (EARLIER, {}, [Flag("near-duplicate", {"sha256": "a", "bits": 2})]),
        (EARLIER, {"a": (None, {})}, [Flag("near-duplicate", {"sha256": "a", "bits": 2})]),
        (EARLIER, {"a": ("unclear", {})}, [Flag("near-duplicate", {"sha256": "a", "bits": 2})]),
        (EARLIER, {"a": OTHER}, []),
        (EARLIER, {"a": SAME}, [Flag("near-duplicate", {"sha256": "a", "bits": 2, "noisePercent": 80})]),
        (EARLIER, {"a": EDITED}, [Flag("edited-copy", PATCH | {"sha256": "a", "bits": 2, "noisePercent": 70})]),
        (BEFORE, {}, []),
        (BEFORE, {"b": OTHER}, []),
        (BEFORE, {"b": ("unclear", {})}, []),
        (BEFORE, {"b": SAME}, [Flag("copy-of-before", {"sha256": "b", "noisePercent": 80})]),
    ],
)
def test_nearness_speaks_until_the_pixels_have(
    candidate: Candidate, told: dict[str, tuple[str | None, dict[str, object]]], flags: list[Flag]
) -> None:
    assert judged([candidate], told) == flags


def test_of_several_the_surest_is_named() -> None:
    weak = Candidate("c", same_task=False, bits=1)
    [flag] = judged([weak, EARLIER], {"c": ("same", {"agreement": 0.2}), "a": SAME})
    assert flag.detail["sha256"] == "a"


def test_an_unchanged_copy_was_not_made_by_changing_a_third_photo() -> None:
    painted = Candidate("c", same_task=False, bits=1)
    assert [flag.code for flag in judged([painted, EARLIER], {"c": EDITED, "a": SAME})] == ["near-duplicate"]
    before = Candidate("c", same_task=True, bits=None)
    codes = {flag.code for flag in judged([before, EARLIER], {"c": EDITED, "a": SAME})}
    assert codes == {"edited-copy", "near-duplicate"}
