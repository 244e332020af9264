"""What differs between the product and the model. A difference stops the year on its day and tells what was done."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any


class Differences(AssertionError):
    """The product and the rules' text do not agree."""


class Notebook:
    """Collects differences, and the last steps that were taken on each thing, to read them by."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._steps: dict[str, deque[str]] = {}
        self.seed: int | None = None

    def note(self, thing: str, step: str) -> None:
        self._steps.setdefault(thing, deque(maxlen=25)).append(step)

    def differ(self, thing: str, what: str, *, product: Any, rules: Any) -> None:
        self.found.append(f"{thing}: {what}: the product says {product!r}, the rules say {rules!r}")
        self.found += [f"      {step}" for step in self._steps.get(thing, ())]

    def compare(self, thing: str, product: Mapping[str, Any], rules: Mapping[str, Any]) -> None:
        """Every field that the rules speak of."""
        for name, value in rules.items():
            if product[name] != value:
                self.differ(thing, name, product=product[name], rules=value)

    def check(self, when: str) -> None:
        """Raises Differences with all that was found."""
        if self.found:
            shown = "\n  ".join(self.found[:60])
            raise Differences(f"seed {self.seed}, {when}: product and rules differ\n  {shown}")
