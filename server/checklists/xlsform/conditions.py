"""What the conditions of a form come to in the closed grammar of a checklist's. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.checklists import AllOf, AnswerAbove, AnswerEquals, AnyOf, Item, When
from server.checklists.xlsform.expressions import Clause, Comparison, Test, clauses_of


@dataclass(slots=True)
class Asked:
    """The questions so far: what each name of the form became, and what each item's own clauses are.

    A question of many choices became several items: `choices` leads from its name and choice to the item.
    """

    items: dict[str, Item] = field(default_factory=dict)
    words: dict[str, Mapping[str, bool]] = field(default_factory=dict)
    choices: dict[tuple[str, str], str] = field(default_factory=dict)
    clauses: dict[str, Sequence[Clause]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a condition came to; `lost`: part of it could not be said; `unanswered`: it held before an answer, too."""

    when: When | None
    clauses: Sequence[Clause]
    lost: bool
    unanswered: bool


def condition_of(written: Sequence[str], asked: Asked) -> Condition:
    """The condition of a question below these conditions, its groups' first and its own last."""
    clauses = [clause for one in written if one.strip() for clause in clauses_of(one, lambda c: _resolved(c, asked))]
    said = _narrowed([clause for clause in clauses if clause is not None])
    needed = [clause for clause in said if not _implied(clause, said, asked)]
    single = [clause for clause in needed if len(clause) == 1]
    many = [clause for clause in needed if len(clause) > 1]
    lost = None in clauses or (bool(many) and len(needed) > 1) or frozenset() in needed
    chosen = single or many[:1]
    tests = [_test(test) for clause in chosen for test in _in_order(clause, asked)]
    when: When | None = None
    if tests:
        when = AnyOf(of=tests) if not single else AllOf(of=tests)
    unanswered = any("!=" in one or "not(" in one.replace(" ", "") for one in written)
    return Condition(when, list(chosen), lost, unanswered and when is not None)


def _resolved(told: Comparison, asked: Asked) -> Clause:
    """The tests, one of which must hold; `None` where the grammar has no word for it."""
    value = str(told.value)
    own = asked.choices.get((told.name, value))
    if own is not None:
        return _equal(own, told.op == "=") if told.op in ("=", "!=") else None
    item = asked.items.get(told.name)
    if item is None:
        return None
    if item.type in ("yn", "ynNa"):
        meant = asked.words.get(told.name, {}).get(value)
        if meant is None or told.op not in ("=", "!=") or (told.op == "!=" and item.type == "ynNa"):
            return None
        return _equal(item.code, meant == (told.op == "="))
    if item.type == "one":
        known = [option.value for option in item.options]
        if value not in known or told.op not in ("=", "!="):
            return None
        kept = [value] if told.op == "=" else [one for one in known if one != value]
        return frozenset(Test(item.code, "equals", one) for one in kept)
    return _number(item, told) if item.type == "num" else None


def _equal(code: str, value: bool) -> Clause:
    return frozenset({Test(code, "equals", value)})


def _number(item: Item, told: Comparison) -> Clause:
    number = told.value
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    if told.op == "=" and number >= 0:
        return frozenset({Test(item.code, "equals", number)})
    if told.op == ">" or (told.op == ">=" and item.integer):
        return frozenset({Test(item.code, "above", number if told.op == ">" else number - 1)})
    return None


def _narrowed(clauses: Sequence[frozenset[Test]]) -> list[frozenset[Test]]:
    """Choices about one and the same question of choices, put together: what all of them allow."""
    kept: dict[object, frozenset[Test]] = {}
    for place, clause in enumerate(clauses):
        about = {test.item for test in clause}
        finite = len(about) == 1 and all(test.op == "equals" and not isinstance(test.value, int) for test in clause)
        key: object = next(iter(about)) if finite else place
        kept[key] = kept[key] & clause if key in kept else clause
    return list(dict.fromkeys(kept.values()))


def _implied(clause: frozenset[Test], said: Sequence[frozenset[Test]], asked: Asked) -> bool:
    """A hidden item makes every test about it false: what it needs itself need not be asked again."""
    for other in said:
        about = {test.item for test in other}
        if other is not clause and len(about) == 1 and clause in asked.clauses.get(next(iter(about)), ()):
            return True
    return False


def _in_order(clause: frozenset[Test], asked: Asked) -> list[Test]:
    """Tests in the order of the questions and their choices, so that the same form reads the same twice."""
    items = list({item.code: None for item in asked.items.values()})
    options = {item.code: [option.value for option in item.options] for item in asked.items.values()}

    def place(test: Test) -> tuple[int, int, str]:
        known = options.get(test.item, [])
        return (
            items.index(test.item) if test.item in items else -1,
            known.index(str(test.value)) if str(test.value) in known else -1,
            str(test.value),
        )

    return sorted(clause, key=place)


def _test(test: Test) -> AnswerEquals | AnswerAbove:
    if test.op == "above" and isinstance(test.value, int):
        return AnswerAbove(item=test.item, value=test.value)
    return AnswerEquals(item=test.item, value=test.value)
