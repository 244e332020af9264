"""A title in lines as offices set it: broken between words, in the shape of a trapezium or a diamond. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from server.documents.measures import TITLE_CHARACTERS, characters

_NEVER_FIRST = set("的地得了等、，。；：！？）》”’〉】〕」』)]}%")
_NEVER_LAST = set("《（“‘〈【〔「『([{第")
_JOINS = set("和及与暨或")
_NUMBER = re.compile(r"\w+〔\d{4}〕\d*号")
_FORBIDDEN, _ANYWHERE, _AFTER_WORD, _BETWEEN_WORDS = 1000.0, 9.0, 1.5, 0.0


def title_lines(title: str, words: Sequence[str] = ()) -> tuple[str, ...]:
    """Break a title into lines of at most 19 characters.

    `words` are what no line may be broken in (they may overlap); their borders are good places. A title given with
    line feeds keeps them.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    if characters(title) <= TITLE_CHARACTERS:
        return (title,)
    costs = _break_costs(title, (*words, *_NUMBER.findall(title)))
    places = [place for place in range(2, len(title) - 1) if costs[place] < _FORBIDDEN]
    fewest = int(-(-characters(title) // TITLE_CHARACTERS))
    for count in range(fewest, fewest + 3):
        chosen = min(_layouts(title, places, count), key=lambda cuts: _cost(title, cuts, costs), default=None)
        if chosen is not None:
            return tuple(title[start:end] for start, end in pairwise((0, *chosen, len(title))))
    return _hard_cut(title)


def _layouts(title: str, places: Sequence[int], count: int) -> Iterator[tuple[int, ...]]:
    for cuts in combinations(places, count - 1):
        edges = pairwise((0, *cuts, len(title)))
        if all(characters(title[start:end]) <= TITLE_CHARACTERS for start, end in edges):
            yield cuts


def _cost(title: str, cuts: tuple[int, ...], costs: Sequence[float]) -> float:
    widths = [characters(title[start:end]) for start, end in pairwise((0, *cuts, len(title)))]
    return sum(costs[cut] for cut in cuts) + _shape_cost(widths)


def _shape_cost(widths: Sequence[float]) -> float:
    """An hourglass and a block are refused, a last line of three characters hangs, a large step looks torn."""
    cost = 8.0 if widths[-1] <= 4 or widths[0] <= 4 else 0.0
    steps = [second - first for first, second in pairwise(widths)]
    cost += sum(2.0 if abs(step) < 1 else max(0.0, abs(step) - 6) * 0.6 for step in steps)
    hourglass = any(before < 0 < after for before, after in pairwise(steps))
    return cost + (12.0 if hourglass else 0.0)


def _break_costs(title: str, words: Sequence[str]) -> list[float]:
    """What a break before each character costs."""
    costs = [_FORBIDDEN, *(_local_cost(before, after) for before, after in pairwise(title))]
    for word in words:
        for found in re.finditer(re.escape(word), title):
            for place in (found.start(), found.end()):
                if 0 < place < len(title) and costs[place] == _ANYWHERE:
                    costs[place] = _AFTER_WORD
    for word in words:
        for found in re.finditer(re.escape(word), title):
            costs[found.start() + 1 : found.end()] = [_FORBIDDEN] * (len(word) - 1)
    return costs


def _local_cost(before: str, after: str) -> float:
    alphanumeric = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    number_and_unit = before.isdigit() and after in "年月日号期个项次届"
    if after in _NEVER_FIRST or before in _NEVER_LAST or alphanumeric or number_and_unit:
        return _FORBIDDEN
    if before in "》、，：）":
        return _BETWEEN_WORDS
    if before == "的" or after in _JOINS or after in "《（":
        return _AFTER_WORD
    return _ANYWHERE


def _hard_cut(title: str) -> tuple[str, ...]:
    """Lines of full width, for what has no place to break (a long number or Latin word)."""
    size = int(TITLE_CHARACTERS)
    return tuple(title[start : start + size] for start in range(0, len(title), size))
