"""The model stays independent: written from the rules' text, it may look at nothing of the product."""

from __future__ import annotations

import ast
from pathlib import Path

RULES = Path(__file__).parent / "rules"
OF_THE_PRODUCT = ("server", "schemas", "storage")


def imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_model_imports_nothing_but_itself_and_the_standard_library() -> None:
    modules = sorted(RULES.glob("*.py"))
    assert len(modules) > 3
    for module in modules:
        for name in imported(module):
            package = name.split(".")[0]
            assert package not in OF_THE_PRODUCT, f"{module.name} imports {name}"
            ours = name.startswith("tests.")
            assert not ours or name.startswith("tests.simulation.rules."), f"{module.name} imports {name}"
