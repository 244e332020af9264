"""Reads the conditions of a form: the part of XPath that a checklist's condition can say. Pure.

A condition becomes a conjunction of clauses, a clause a choice of tests. What cannot be said is `None` in place of
its clause: the rest of the conjunction still holds, so that a question is rather asked too often than not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[^}\s]+\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<op>!=|<=|>=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z_][\w.\-]*(?:\(\))?)|(?P<other>\S))"""
)
_CURLY: Final = str.maketrans("‘’“”", "''\"\"")
_OPPOSITE: Final = {"=": "!=", "!=": "=", ">": "<=", "<=": ">", "<": ">=", ">=": "<"}
_MIRRORED: Final = {"=": "=", "!=": "!=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
_MOST_CLAUSES: Final = 40


class Comparison(NamedTuple):
    """`${name} op value`; a number is a number only where it was written without quotes."""

    name: str
    op: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a checklist's condition: `equals` or `above`."""

    item: str
    op: str
    value: bool | int | str


Clause = frozenset[Test] | None
Node = tuple[str, "list[Node]"] | Comparison | None
Resolve = Callable[[Comparison], Clause]


def has_curly_quotes(written: str) -> bool:
    """Whether a word processor put its own quotes where XPath wants straight ones."""
    return written != written.translate(_CURLY)


def clauses_of(written: str, resolve: Resolve) -> list[Clause]:
    """What a condition comes to. `resolve` says what a comparison means, or `None`."""
    return _clauses(_Reader(written.translate(_CURLY)).read(), resolve, negated=False)


def _clauses(node: Node, resolve: Resolve, *, negated: bool) -> list[Clause]:
    if node is None:
        return [None]
    if isinstance(node, Comparison):
        return [resolve(node._replace(op=_OPPOSITE[node.op]) if negated else node)]
    kind, parts = node
    if kind == "not":
        return _clauses(parts[0], resolve, negated=not negated)
    branches = [_clauses(part, resolve, negated=negated) for part in parts]
    return _joined(branches) if (kind == "and") != negated else _either(branches)


def _joined(branches: list[list[Clause]]) -> list[Clause]:
    return [clause for branch in branches for clause in branch]


def _either(branches: list[list[Clause]]) -> list[Clause]:
    """A choice of conjunctions as a conjunction of choices."""
    product: list[Clause] = [frozenset()]
    for branch in branches:
        product = [None if one is None or other is None else one | other for one in product for other in branch]
        if len(product) > _MOST_CLAUSES:
            return [None]
    return product


class _Reader:
    """Recursive descent over the tokens; what it does not know becomes `None` as a whole."""

    def __init__(self, written: str) -> None:
        self._tokens = [(found.lastgroup or "", found[found.lastgroup or 0]) for found in _TOKEN.finditer(written)]
        self._at = 0

    def read(self) -> Node:
        try:
            node = self._either()
        except (LookupError, ValueError, RecursionError):
            return None
        return node if self._at == len(self._tokens) else None

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self, *wanted: str) -> str:
        _, text = self._tokens[self._at]
        if wanted and text not in wanted:
            raise ValueError(text)
        self._at += 1
        return text

    def _either(self) -> Node:
        parts = [self._both()]
        while self._peek() == ("word", "or"):
            self._at += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def _both(self) -> Node:
        parts = [self._one()]
        while self._peek() == ("word", "and"):
            self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def _one(self) -> Node:
        kind, text = self._peek()
        if text == "(":
            self._at += 1
            node = self._either()
            self._take(")")
            return node
        if kind == "word" and text == "not":
            self._at += 1
            self._take("(")
            node = self._either()
            self._take(")")
            return ("not", [node])
        if kind == "word" and text == "selected":
            self._at += 1
            self._take("(")
            name = self._reference()
            self._take(",")
            value = self._literal()
            self._take(")")
            return Comparison(name, "=", value)
        return self._comparison()

    def _comparison(self) -> Node:
        left = self._reference() if self._peek()[0] == "ref" else self._literal()
        turned = self._tokens[self._at - 1][0] != "ref"
        op = self._take(*_OPPOSITE)
        right = self._literal() if not turned else self._reference()
        if turned:
            return Comparison(str(right), _MIRRORED[op], left)
        return Comparison(str(left), op, right)

    def _reference(self) -> str:
        kind, text = self._tokens[self._at]
        if kind != "ref":
            raise ValueError(text)
        self._at += 1
        return text[2:-1].strip()

    def _literal(self) -> str | int | float:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "text":
            return text[1:-1]
        if kind == "number":
            return float(text) if "." in text else int(text)
        raise ValueError(text)
