"""What one version of a checklist says otherwise than another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from schemas.checklist_editing import ChecklistDifferences, FieldChange, ItemChange
from schemas.checklists import Item, TemplateDocument

_FRAME: Final = ("name", "subject", "siteKinds", "sections", "noAccess")


def differences(before: TemplateDocument | None, after: TemplateDocument) -> ChecklistDifferences:
    """Every field and item that differs; of a checklist without a version before, everything is added."""
    old = {item.code: item for item in before.items} if before else {}
    new = {item.code: item for item in after.items}
    changes = [_change(old.get(code), item) for code, item in new.items()]
    gone = [ItemChange(code=code, label=item.label, kind="removed", fields=[]) for code, item in old.items()]
    return ChecklistDifferences(
        frame=_fields(before, after, _FRAME) if before else [],
        items=[change for change in changes if change is not None] + [one for one in gone if one.code not in new],
        moved=moved([code for code in old if code in new], [code for code in new if code in old]),
    )


def _change(before: Item | None, after: Item) -> ItemChange | None:
    if before is None:
        return ItemChange(code=after.code, label=after.label, kind="added", fields=[])
    fields = _fields(before, after, [*msgspec.to_builtins(after)])
    return ItemChange(code=after.code, label=after.label, kind="changed", fields=fields) if fields else None


def _fields(before: Any, after: Any, names: Iterable[str]) -> list[FieldChange]:
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    return [FieldChange(field=name, before=old[name], after=new[name]) for name in names if old[name] != new[name]]


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The fewest items that have to be taken out so that the rest stand in the same order as before."""
    place = {code: at for at, code in enumerate(before)}
    best: list[tuple[int, int | None]] = []  # how long a kept run ends here, and where it goes on backwards
    for at, code in enumerate(after):
        runs = [(best[k][0], k) for k in range(at) if place[after[k]] < place[code]]
        length, previous = max(runs, key=lambda run: run[0], default=(0, None))
        best.append((length + 1, previous))
    at_end: int | None = max(range(len(best)), key=lambda k: best[k][0], default=None)
    kept: set[str] = set()
    while at_end is not None:
        kept.add(after[at_end])
        at_end = best[at_end][1]
    return [code for code in after if code not in kept]
