"""Text is folded and cut into pieces so that any run of characters is found, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.indexing.grams import folded, grams, phrase, runs

TEXTS = st.text(st.sampled_from("禁烟标识楼ab1，。 -"), max_size=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("门诊大厅，无禁烟标识。", "门诊大厅 无禁烟标识"),
        ("YL-B01", "yl b01"),
        ("ＹＬ－Ｂ０１　第２层", "yl b01 第2层"),
        ("石峰社事〔2026〕3号", "石峰社事 2026 3号"),
        ("", ""),
        ("——《》", ""),
    ],
)
def test_text_is_folded_to_runs_in_one_width_and_case(text: str, words: str) -> None:
    assert folded(text) == words


def test_pieces_overlap_and_end_with_the_last_character() -> None:
    assert grams("幼儿园 b01") == ["幼儿", "儿园", "园", "b0", "01", "1"]
    assert grams("园") == ["园"]


def test_what_is_asked_for_is_every_run_of_it() -> None:
    assert runs("禁烟, YL-B01") == ["禁烟", "yl", "b01"]
    assert runs("，。") == []
    assert len(runs("一 二 三 四 五 六 七 八 九 十")) == 8


def holds(pieces: list[str], wanted: list[str]) -> bool:
    """What the index answers: the wanted pieces one behind the other, a single character at a piece's beginning."""
    if len(wanted[0]) == 1:
        return any(piece.startswith(wanted[0]) for piece in pieces)
    return any(pieces[at : at + len(wanted)] == wanted for at in range(len(pieces)))


@given(TEXTS, TEXTS)
def test_a_run_is_found_exactly_where_it_stands_in_the_words(text: str, asked: str) -> None:
    words = folded(text)
    for run in runs(asked):
        assert holds(grams(words), phrase(run)) == (run in words)


@given(st.text(max_size=60))
def test_no_text_makes_a_piece_that_a_database_would_read_otherwise(text: str) -> None:
    for piece in grams(folded(text)):
        assert 1 <= len(piece) <= 2
        assert piece.isalnum()
