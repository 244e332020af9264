"""What one version of a checklist says otherwise than another."""

from __future__ import annotations

import msgspec
import pytest

from schemas.checklists import Words
from server.checklists.differences import differences, moved
from server.checklists.installation import load_templates

KY = next(document for document in load_templates() if document.code == "KY")


def test_nothing_differs_from_itself() -> None:
    found = differences(KY, msgspec.structs.replace(KY, version=7))
    assert (found.frame, found.items, found.moved) == ([], [], [])


def test_each_change_is_named_by_its_field() -> None:
    first, second, *rest = KY.items
    changed = msgspec.structs.replace(first, weight=9, label=Words(zh="面积", en="Area"))
    added = msgspec.structs.replace(second, code="KY-A99")
    after = msgspec.structs.replace(KY, name=Words(zh="检查表", en="List"), items=[changed, added, *rest])
    found = differences(KY, after)
    assert [change.field for change in found.frame] == ["name"]
    assert [(item.code, item.kind) for item in found.items] == [
        (first.code, "changed"),
        ("KY-A99", "added"),
        (second.code, "removed"),
    ]
    assert [(one.field, one.after) for one in found.items[0].fields if one.field == "weight"] == [("weight", 9)]
    assert {item.kind for item in differences(None, KY).items} == {"added"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("abcd", "abcd", ""), ("abcd", "bcda", "a"), ("abcd", "dabc", "d"), ("abcd", "badc", None), ("", "", "")],
)
def test_the_fewest_items_are_called_moved(before: str, after: str, expected: str | None) -> None:
    found = moved(list(before), list(after))
    assert found == list(expected) if expected is not None else len(found) == 2
    rest = [one for one in after if one not in found]
    assert rest == [one for one in before if one in rest]
