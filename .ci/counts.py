"""Print how many tests each suite ran, from the JUnit files of a run."""

import sys
from pathlib import Path
from xml.etree import ElementTree

KINDS = ("tests", "failures", "errors", "skipped")


def main(folder: Path) -> None:
    total = dict.fromkeys(KINDS, 0)
    print(f"\n{'suite':<14}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for path in sorted(folder.glob("*.xml")):
        suites = ElementTree.parse(path).getroot().iter("testsuite")
        found = [suite.attrib for suite in suites]
        counts = {kind: sum(int(suite.get(kind, 0)) for suite in found) for kind in KINDS}
        seconds = sum(float(suite.get("time", 0)) for suite in found)
        print(_line(path.stem, counts) + f"{seconds:>9.1f}")
        for kind in KINDS:
            total[kind] += counts[kind]
    print(_line("all", total), flush=True)


def _line(name: str, counts: dict[str, int]) -> str:
    failed = counts["failures"] + counts["errors"]
    return f"{name:<14}{counts['tests'] - failed - counts['skipped']:>8}{failed:>8}{counts['skipped']:>9}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
