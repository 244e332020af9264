"""The three templates as data: their totals, and their agreement with the checklists they were made from."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from schemas.checklists import AllOf, AnswerEquals, AnyOf, Equals, Item, Record, TemplateDocument
from server.checklists.conditions import applies, due_items
from server.checklists.consistency import faults_of
from server.checklists.installation import DATA, TemplateError, load_templates

SOURCE = Path(__file__).parents[4] / "shared" / "domain" / "checklists.csv"
TEMPLATES = {document.code: document for document in load_templates()}
ITEMS = {item.code: item for document in TEMPLATES.values() for item in document.items}


@pytest.mark.parametrize(
    ("code", "subject", "items", "weight"),
    [("YL", "SUB-YL", 40, 107), ("KY", "SUB-KPYJ", 35, 91), ("KH", "SUB-KPHD", 32, 68)],
)
def test_totals(code: str, subject: str, items: int, weight: int) -> None:
    document = TEMPLATES[code]
    assert (document.code, document.subject, document.version) == (code, subject, 1)
    assert (len(document.items), sum(item.weight for item in document.items)) == (items, weight)


@pytest.mark.parametrize(
    ("kind", "items", "weight"),
    [("hospital", 29, 82), ("health_centre", 38, 105), ("health_station", 38, 105)],
)
def test_totals_of_a_clinic(kind: str, items: int, weight: int) -> None:
    own = [item for item in TEMPLATES["YL"].items if applies(item, kind)]
    assert (len(own), sum(item.weight for item in own)) == (items, weight)


def test_codes_and_texts_are_unique_and_in_both_languages() -> None:
    assert len(ITEMS) == 107
    for item in ITEMS.values():
        assert item.label.zh.strip() and item.label.en.strip()
        for option in item.options:
            assert option.label.zh and option.label.en
        assert (item.unit is not None) == (item.type == "num")
    for document in TEMPLATES.values():
        assert {item.section for item in document.items} == {section.code for section in document.sections}


def test_files_hold_nothing_that_the_structs_do_not() -> None:
    for code, document in TEMPLATES.items():
        raw = json.loads((DATA / "checklists" / f"{code}.json").read_bytes())
        assert json.loads(msgspec.json.encode(document)) == raw


def test_the_catalogue_keeps_its_counts_and_names_nobody() -> None:
    catalogue = json.loads((DATA / "catalogue.json").read_bytes())
    assert catalogue["organisation"]["leader"]["name"] is None
    assert len(catalogue["attachment2"]["items"]) == catalogue["checks"]["negative_items"] == 30
    assert len(catalogue["attachment1"]["routine"]) == catalogue["checks"]["routine_rows"]
    assert {one["code"] for one in catalogue["supervision"]["subjects"]} == {
        document.subject for document in TEMPLATES.values()
    }


def test_only_the_photos_of_the_activity_may_be_older_and_from_elsewhere() -> None:
    assert [item.code for item in ITEMS.values() if item.photos_from_elsewhere] == ["KH-C03"]


def test_a_locked_door_is_one_item_of_the_template_or_one_of_its_own() -> None:
    assert {code: document.no_access.item for code, document in TEMPLATES.items()} == {
        "YL": "YL-NO-ACCESS",
        "KY": "KY-A03",
        "KH": "KH-NO-ACCESS",
    }
    for document in TEMPLATES.values():
        assert (document.no_access.severity, document.no_access.working_days) == ("major", 3)


def test_due_items_of_a_site() -> None:
    asked = due_items(TEMPLATES["YL"].items, date(2026, 11, 24), {"YL-D01": date(2026, 10, 1)})
    assert "YL-D01" not in asked
    assert {"YL-A01", "YL-A04", "YL-D03"} <= asked


def _twice(item: Item) -> list[Item]:
    return [item, item]


def test_a_template_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    document = TEMPLATES["KY"]
    first = document.items[0]
    broken = {
        "checklist-code-twice": _twice(first),
        "checklist-code-prefix": [msgspec.structs.replace(first, code="YL-A01")],
        "checklist-section-unknown": [msgspec.structs.replace(first, section="KY-Z")],
        "checklist-not-earlier": [ITEMS["KY-B02"]],
        "checklist-rule-type": [msgspec.structs.replace(first, pass_rule=Equals(value=True))],
        "checklist-no-options": [msgspec.structs.replace(first, type="one", pass_rule=Equals(value="yes"))],
        "checklist-never-answers": [
            ITEMS["KH-A05"],
            msgspec.structs.replace(ITEMS["KH-C01"], when=AllOf(of=[AnswerEquals(item="KH-A05", value="yes")])),
        ],
        "checklist-record-weight": [msgspec.structs.replace(first, pass_rule=Record())],
        "checklist-days-closing": [msgspec.structs.replace(first, working_days=0)],
    }
    for code_of_fault, items in broken.items():
        faults = list(faults_of(msgspec.structs.replace(document, items=items)))
        assert code_of_fault in [fault.code for fault in faults], (code_of_fault, faults)
        folder = tmp_path / code_of_fault
        folder.mkdir()
        for code, good in TEMPLATES.items():
            kept = msgspec.structs.replace(good, items=items) if code == "KY" else good
            (folder / f"{code}.json").write_bytes(msgspec.json.encode(kept))
        with pytest.raises(TemplateError):
            load_templates(folder)


def test_an_unknown_rule_is_refused() -> None:
    raw = msgspec.to_builtins(TEMPLATES["KY"])
    raw["items"][0]["pass"] = {"op": "moon"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(raw, TemplateDocument)


# What the CSV's words are in the data; the conversion is checked word by word.
_SEVERITY = {"一般": "minor", "较重": "major", "严重": "severe"}
_UNIT = {
    "医疗机构": "medical",
    "街道": "street",
    "区人社局": "human_resources",
    "区科协": "science_association",
    "检查人员": "inspector",
}
_KINDS = {"通用": [], "医院": ["hospital"], "社区": ["health_centre", "health_station"]}


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE.exists(), reason="the source documents are not beside this clone")
def test_every_row_and_column_of_the_source_is_kept() -> None:
    with SOURCE.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["code"] for row in rows] == list(ITEMS)
    for row in rows:
        item, document = ITEMS[row["code"]], TEMPLATES[row["template"]]
        section = {each.code: each.label.zh for each in document.sections}[item.section]
        assert (document.code, document.subject, document.name.zh, section) == (
            row["prefix"],
            row["subject"],
            row["template_name"],
            row["section"],
        )
        assert (item.label.zh, item.applies_to) == (row["text"], _KINDS[row["applies"]])
        assert (item.frequency, item.photo_on_fail) == (row["frequency"], row["photo_on_fail"] == "1")
        assert (item.weight, item.working_days) == (int(row["weight"]), int(row["working_days"]))
        assert (item.severity, item.closing) == (_SEVERITY[row["severity"]], row["closing"])
        assert (item.unit_type, item.sources) == (_UNIT[row["unit_type"]], row["sources"].split())
        assert item.basis.endswith(row["basis"].removeprefix("同上"))
        assert _answer_type(item) == row["answer_type"].removesuffix("()")
        assert _shown_if(item) == row["shown_if"]
        assert _rule(item) == row["pass_rule"]


def _answer_type(item: Item) -> str:
    words = "/".join(option.label.zh for option in item.options)
    if item.type == "num" and item.unit:
        words = item.unit.zh + (f"<={item.max}" if item.max is not None else "")
        assert item.integer == (item.unit.zh not in ("平方米", "米", "小时"))
    if item.type == "photo":
        words = str(item.photo_count)
    name = "yn_na" if item.type == "ynNa" else item.type
    return f"{name}({words})" if words else name


def _shown_if(item: Item) -> str:
    if item.when is None:
        return ""
    tests = []
    for test in item.when.of:
        raw = msgspec.to_builtins(test)
        if raw["op"] == "above":
            tests.append(f"{raw['item']}>{raw['value']}")
        else:
            options = {option.value: option.label.zh for option in ITEMS[raw["item"]].options}
            word = "是" if raw["value"] is True else options[raw["value"]]
            tests.append(f"{raw['item']}=={word}")
    return (" or " if isinstance(item.when, AnyOf) else " and ").join(tests)


def _rule(item: Item) -> str:
    return _rule_text(msgspec.to_builtins(item.pass_rule))


def _rule_text(rule: dict[str, object]) -> str:
    simple = {
        "record": "record",
        "atLeast": ">={n}",
        "annual": "annual>={n}",
        "ageDays": "age_days<={n}",
        "ageMonths": "age_months<={n}",
        "per100": "per100({fact})>={n}",
        "count": "count>={n}",
        "unitFiles": "auto:r32_unit_files",
        "archived": "auto:archived<={workingDays}",
        "lastClosed": "auto:last_closed",
    }
    op = str(rule["op"])
    if op in simple:
        return simple[op].format_map(rule)
    if op == "equals":
        return "==是" if rule["value"] is True or rule["value"] == "yes" else f"=={rule['value']}"
    if op == "ratio":
        assert (rule["numerator"], rule["denominator"]) == (4, 5)
        return f"{rule['part']}/{rule['whole']}>=0.8"
    words = {"health_centre": "社区中心", "health_station": "社区站"}
    rules = rule["rules"]
    assert isinstance(rules, dict)
    return "; ".join(f"{words[kind]}:{_rule_text(own)}" for kind, own in rules.items())
