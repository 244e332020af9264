"""Flags name their numbers; none refuses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.photos import flags
from server.photos.exif import PlaceState, Witness
from server.photos.flags import Fix, Setting, Shot, judge

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HERE = Fix(27.8741, 113.1187, accuracy_m=10, at=NOON)
GOOD = Shot(taken_at=NOON, source="camera", fix=HERE, received_at=NOON + timedelta(minutes=1))
SITE = Setting(lat=27.8741, lon=113.1187, radius_m=300, begins_at=NOON - timedelta(hours=1), ends_at=NOON)
SILENT = Witness()


def north_by(metres: float) -> Fix:
    return replace(HERE, lat=HERE.lat + metres / 111_195)


def raised(shot: Shot = GOOD, setting: Setting = SITE, witness: Witness = SILENT) -> dict[str, flags.Detail]:
    return {flag.code: flag.detail for flag in judge(shot, setting, witness)}


def test_a_photo_taken_on_the_spot_in_time_raises_nothing() -> None:
    assert raised() == {}


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "flagged"),
    [(290, 0, False), (310, 0, True), (310, 20, False), (309, 10, False), (335, 10, True), (1300, 12, True)],
)
def test_r86_farther_than_the_radius_is_a_flag_unless_the_fix_explains_it(
    metres: float, accuracy_m: float, flagged: bool
) -> None:
    found = raised(replace(GOOD, fix=replace(north_by(metres), accuracy_m=accuracy_m)))
    assert ("outside-site" in found) is flagged
    if flagged:
        assert found["outside-site"]["distanceM"] == pytest.approx(metres, abs=2)
        assert found["outside-site"]["radiusM"] == 300


@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (95, 10), (4294967295, 1), (float("nan"), 3)])
def test_r86_zero_out_of_range_and_undefined_are_no_position(lat: float, lon: float) -> None:
    assert raised(replace(GOOD, fix=Fix(lat, lon))) == {"no-position": {"exif": "absent"}}
    assert raised(replace(GOOD, fix=None)) == {"no-position": {"exif": "absent"}}


def test_where_the_phone_had_no_fix_the_camera_s_place_is_judged() -> None:
    far = Witness(present=True, place=PlaceState.VALID, lat=27.9, lon=113.1187)
    assert raised(replace(GOOD, fix=None), witness=far)["outside-site"]["by"] == "camera"


@pytest.mark.parametrize(
    ("taken_at", "code"),
    [
        (NOON + timedelta(minutes=5), None),
        (NOON + timedelta(minutes=7), "in-the-future"),
        (NOON - timedelta(hours=25), None),
        (NOON - timedelta(hours=25, minutes=1), "time-gap"),
        (NOON - timedelta(days=400), "time-gap"),
    ],
)
def test_r86_the_future_and_more_than_a_day_from_the_visit_are_flags(taken_at: datetime, code: str | None) -> None:
    shot = replace(GOOD, taken_at=taken_at, fix=replace(HERE, at=taken_at))
    assert set(raised(shot)) == ({code} if code else set())


def test_a_photo_taken_long_after_the_visit_is_flagged_too() -> None:
    late = replace(GOOD, taken_at=NOON + timedelta(hours=30), received_at=NOON + timedelta(hours=31))
    late = replace(late, fix=replace(HERE, at=late.taken_at))
    assert raised(late)["time-gap"] == {"gapHours": 30.0}


def test_r31_r86_a_newspaper_or_a_screen_proves_neither_place_nor_time_and_may_come_from_a_gallery() -> None:
    paper = replace(SITE, place_and_time_matter=False)
    shot = replace(GOOD, fix=None, taken_at=NOON + timedelta(days=9), source="gallery", clock_skew_s=9000.0)
    scanned = Witness(present=True, software="Adobe Photoshop 25.1", local_time="2011-01-01T00:00:00")
    assert raised(shot, paper, scanned) == {}
    assert {"from-gallery", "no-position", "edited-software", "clock-ahead"} <= set(raised(shot, SITE, scanned))
    assert set(raised(shot, paper, Witness(present=True, malformed=True))) == {"exif-damaged"}


@pytest.mark.parametrize(
    ("skew_s", "expected"),
    [
        (None, {}),
        (300, {}),
        (-300, {}),
        (301, {"clock-ahead": {"skewSeconds": 301}}),
        (-86_400 * 31, {"clock-behind": {"skewSeconds": 86_400 * 31}}),
    ],
)
def test_a_clock_that_is_off_is_one_flag_and_is_put_right_for_all_others(
    skew_s: float | None, expected: dict[str, flags.Detail]
) -> None:
    told = NOON + timedelta(seconds=skew_s or 0)
    shot = replace(GOOD, taken_at=told, fix=replace(HERE, at=told), clock_skew_s=skew_s)
    assert raised(shot) == expected


@pytest.mark.parametrize("accuracy_m", [0, -1])
def test_no_receiver_is_exact(accuracy_m: float) -> None:
    assert set(raised(replace(GOOD, fix=replace(HERE, accuracy_m=accuracy_m)))) == {"zero-accuracy"}


@pytest.mark.parametrize(
    ("software", "flagged"),
    [
        ("Adobe Photoshop CC 2019 (Windows)", True),
        ("Snapseed 2.19", True),
        ("美图秀秀", True),
        ("HDR+ 1.0.199571065z", False),
        ("MediaTek Camera Application", False),
        ("17.1.2", False),
        (None, False),
    ],
)
def test_only_a_program_that_changes_pictures_is_an_editor(software: str | None, flagged: bool) -> None:
    assert ("edited-software" in raised(witness=Witness(present=True, software=software))) is flagged


def test_each_limit_is_a_setting() -> None:
    strict = flags.Limits(
        time_gap=timedelta(minutes=1),
        clock_tolerance=timedelta(seconds=1),
        weak_accuracy_m=5,
        witness_distance_m=10,
        witness_gap=timedelta(minutes=1),
    )
    witness = Witness(present=True, place=PlaceState.VALID, lat=27.8745, lon=113.1187, local_time="2026-11-24T11:57:00")
    early = NOON - timedelta(hours=1, minutes=3)
    shot = replace(GOOD, taken_at=early, fix=replace(HERE, at=early), clock_skew_s=2.0)
    assert {flag.code for flag in judge(shot, SITE, witness, strict)} == {
        "weak-fix", "exif-place-disagrees", "clock-ahead", "time-gap", "exif-time-disagrees",
    }  # fmt: skip
    assert [flag.code for flag in judge(shot, SITE, witness)] == []


@pytest.mark.parametrize(
    ("accuracy_m", "age_s", "weak"), [(100, 15, False), (101, 0, True), (10, 16, True), (None, 0, True)]
)
def test_a_weak_fix_is_marked_and_still_serves(accuracy_m: float | None, age_s: int, weak: bool) -> None:
    fix = replace(HERE, accuracy_m=accuracy_m, at=NOON - timedelta(seconds=age_s))
    assert ("weak-fix" in raised(replace(GOOD, fix=fix))) is weak


def test_only_a_disagreeing_witness_is_a_flag() -> None:
    agrees = Witness(present=True, place=PlaceState.VALID, lat=27.8743, lon=113.1187, local_time="2026-11-24T12:00:00")
    zeroed = Witness(present=True, place=PlaceState.ZEROED)
    elsewhere = replace_witness(agrees, lat=27.8858)
    earlier = replace_witness(agrees, local_time="2025-11-24T12:00:00")
    assert raised(witness=agrees) == raised(witness=zeroed) == {}
    assert set(raised(witness=elsewhere)) == {"exif-place-disagrees"}
    assert raised(witness=earlier) == {"exif-time-disagrees": {"gapHours": 365 * 24.0}}


def replace_witness(witness: Witness, **changes: object) -> Witness:
    import msgspec

    return msgspec.structs.replace(witness, **changes)


def test_a_damaged_exif_is_shown() -> None:
    assert set(raised(witness=Witness(present=True, malformed=True))) == {"exif-damaged"}


def test_near_means_at_most_three_bits_and_something_to_see() -> None:
    picture = 0x0F0707C7DC401110
    assert flags.are_near(f"{picture:016x}", f"{picture ^ 0b10010001:016x}")
    assert not flags.are_near(f"{picture:016x}", f"{picture ^ 0b10010101:016x}")
    assert not flags.are_near("0" * 16, "0" * 16)
    assert not flags.are_near("f" * 16, "f" * 16)


def test_near_hashes_always_share_a_band() -> None:
    picture = 0x0F0707C7DC401110
    for first in range(0, 64, 5):
        for second in range(0, 64, 7):
            for third in range(0, 64, 11):
                other = picture ^ (1 << first) ^ (1 << second) ^ (1 << third)
                shared = zip(flags.bands(f"{picture:016x}"), flags.bands(f"{other:016x}"), strict=True)
                assert any(one == two for one, two in shared)
