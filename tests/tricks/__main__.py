"""`make evidence`: judge every trick and write docs/evidence.md anew."""

from __future__ import annotations

import warnings

from tests.conftest import SHARED
from tests.tricks import circumstances, evidence, pictures
from tests.tricks.cases import counted


def main() -> None:
    warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
    outcomes = [*circumstances.cases(), *pictures.cases()]
    evidence.DOCUMENT.parent.mkdir(exist_ok=True)
    evidence.DOCUMENT.write_text(evidence.document(counted(outcomes), outcomes, SHARED), encoding="utf-8")
    print(f"written: {evidence.DOCUMENT.name}")


main()
