"""How text becomes what is searched: folded, and cut into pieces of two characters. Pure.

A search is for a run of characters that stands in the text as it is asked for, wherever a Chinese word begins or ends:
the run's pieces, one behind the other. The last character of each run is a piece of its own, so that a single
character is found at the end of a run as at the beginning of a piece.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_MOST_CHARACTERS = 4000
_MOST_RUNS = 8


def folded(text: str) -> str:
    """Letters, digits and characters in one width and case, runs of them apart by one space."""
    plain = unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS]).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def grams(words: str) -> list[str]:
    """The pieces of folded words, in their order."""
    return [gram for run in words.split() for gram in (*("".join(pair) for pair in pairwise(run)), run[-1])]


def runs(asked: str) -> list[str]:
    """What is looked for in folded words: every one of these must stand in them. Empty where nothing can be found."""
    return folded(asked).split()[:_MOST_RUNS]


def phrase(run: str) -> list[str]:
    """The pieces that must stand one behind the other where a run stands."""
    return ["".join(pair) for pair in pairwise(run)] or [run]
