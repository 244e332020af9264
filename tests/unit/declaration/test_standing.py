"""How a material stands, until when a round is open, who owes what, and what files are called."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest

from schemas.declaration import Decision, EditionState
from server.declaration import standing
from server.declaration.asking import asked_for, parts_of
from server.declaration.naming import file_name, folder_of, free_name
from server.declaration.rhythm import step_of
from server.declaration.standing import Edition, Paper, wrong_with_address
from server.matrix.holding import Owner
from server.matrix.notice import indicators, seed_notice

END = date(2026, 12, 10)


def edition(number: int, state: EditionState, on: date = END) -> Edition:
    return Edition(number, state, on)


def test_r22_complete_is_accepted_and_on_paper() -> None:
    accepted = [edition(1, "returned"), edition(2, "accepted")]
    paper = [Paper(2, END)]
    assert standing.standing_of(accepted, paper, until_on=END) == "complete"
    assert standing.standing_of(accepted, [], until_on=END) == "paper"
    assert standing.standing_of(accepted, [Paper(1, END)], until_on=END) == "paper"  # of the version that was returned
    assert standing.standing_of(accepted, [], until_on=END, paper=False) == "complete"
    assert standing.standing_of([edition(1, "submitted")], paper, until_on=END) == "submitted"
    assert standing.standing_of([edition(1, "returned")], paper, until_on=END) == "returned"
    assert standing.standing_of([], paper, until_on=END) == "missing"
    assert not standing.wants_paper("SMBG", "contributes")
    assert standing.wants_paper("SMBG", "compiles") and standing.wants_paper("SJTP", "contributes")


def test_r33_what_is_measured_later_is_a_state_of_its_own() -> None:
    accepted, paper = [edition(1, "accepted")], [Paper(1, END)]
    assert standing.standing_of(accepted, paper, until_on=END, published=False) == "unpublished"
    assert standing.standing_of(accepted, paper, until_on=END, sound=False) == "lacking"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", None),
        ("https://declare.example.cn/login?year=2026", None),
        ("declare.example.cn", "site-address"),
        ("ftp://declare.example.cn/", "site-address"),
        ("https://[declare", "site-address"),
        ("https://district:secret@declare.example.cn/", "site-address-password"),
        ("https://district@declare.example.cn/", "site-address-password"),
        ("https://declare.example.cn/?user=a&Password=secret", "site-address-password"),
    ],
)
def test_r21_an_address_never_carries_the_outside_password(url: str, code: str | None) -> None:
    assert wrong_with_address(url) == code


def test_r21_the_last_day_belongs_to_the_round_and_the_next_one_does_not() -> None:
    assert not standing.is_locked(END, END)
    assert standing.is_locked(END, END + timedelta(days=1))
    assert standing.last_day(END, []) == END
    assert standing.last_day(END, [END + timedelta(days=5), END + timedelta(days=2)]) == END + timedelta(days=5)


def test_r87_what_comes_late_is_kept_and_counts_when_the_round_is_opened_again() -> None:
    late = END + timedelta(days=1)
    versions = [edition(1, "accepted"), edition(2, "submitted", late)]
    assert standing.standing_of(versions, [Paper(1, END)], until_on=END) == "complete"
    assert standing.standing_of(versions, [Paper(1, END)], until_on=late) == "submitted"
    assert standing.standing_of([edition(1, "submitted", late)], [], until_on=END) == "late"
    assert standing.standing_of([edition(1, "accepted")], [Paper(1, late)], until_on=END) == "paper"


def test_every_decision_on_every_state_is_in_the_table_or_refused() -> None:
    allowed = {pair for pair in product(get_args(EditionState), get_args(Decision)) if pair in standing.MOVES}
    assert allowed == {
        ("submitted", "accept"),
        ("submitted", "return"),
        ("accepted", "return"),
        ("returned", "accept"),
    }


def owner(name: str, position: int, *, compiles: bool = False) -> Owner:
    return Owner(unit_id=name, unit_code=name, unit_name=name, part="responsible", position=position, compiles=compiles)


def test_r11_one_unit_hands_in_what_comes_once_and_all_contribute_to_the_rest() -> None:
    units = [owner("科技局", 0, compiles=True), owner("科协", 1), owner("街道", 2)]
    assert parts_of("GFWJ", units, "社事办") == [("科技局", "compiles")]
    assert parts_of("TJBG", units, "社事办") == [("科技局", "compiles")]
    assert parts_of("SMBG", units, "社事办") == [
        ("科技局", "compiles"),
        ("科协", "contributes"),
        ("街道", "contributes"),
    ]
    of_all = [owner("科技局", 0), owner("科协", 0)]
    assert parts_of("TJBG", of_all, "社事办") == [("社事办", "compiles")]
    assert parts_of("SJTP", of_all, "社事办")[0] == ("社事办", "compiles")
    assert len(parts_of("SJTP", of_all, "社事办")) == 3


def test_r23_the_notice_asks_for_its_fourteen_materials_in_four_formats() -> None:
    asked = asked_for(indicators(seed_notice()), {}, "社事办")
    assert len({one.material for one in asked}) == 14
    assert {one.format for one in asked} == {"GFWJ", "SMBG", "SJTP", "TJBG"}
    assert len(asked) == 16  # two of them come in two formats
    assert {one.indicator for one in asked if one.provincial_opinion} == {"III-53", "III-54", "III-55"}


@pytest.mark.parametrize(
    ("left", "step"), [(15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)]
)
def test_a_reminder_is_due_from_its_day_on_so_that_no_outage_swallows_it(left: int, step: int | None) -> None:
    assert step_of(END, END - timedelta(days=left)) == step


def test_r35_a_folder_for_each_indicator_and_names_that_no_two_share() -> None:
    folder = folder_of("III-42", "开展全民科学素质行动", "M-42-2", "SMBG", "contributes")
    assert folder == "III-42 开展全民科学素质行动/M-42-2 说明报告/各单位素材"
    assert file_name("区科协", 3, "讲座/现场?", "jpg") == "区科协_03_讲座_现场_.jpg"
    taken: set[str] = set()
    names = [free_name(name, taken) for name in ("a/图.jpg", "a/图.JPG", "a/图.jpg")]
    assert names == ["a/图.jpg", "a/图(2).JPG", "a/图(3).jpg"]
