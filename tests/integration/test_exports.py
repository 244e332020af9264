"""Exports as the office opens them: sheets, maps and packages of photos."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from typing import Any

import pytest

from server.district import District
from server.exports import queries, service
from server.photos.desk import photo_key
from tests.factories.crew import Crew
from tests.factories.inspections import Json


async def download(crew: Crew, url: str, login: str = "office", **params: Any) -> bytes:
    answer = await (await crew.of(login)).get(url, params=params or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


async def sheet(crew: Crew, login: str = "office", **params: Any) -> list[dict[str, str]]:
    text = (await download(crew, "/api/findings.csv", login, **params)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def package(crew: Crew, **wanted: Any) -> Json:
    answer = await (await crew.of("office")).post("/api/photo-package", json=wanted)
    assert answer.status_code == 200, answer.text
    plan: Json = answer.json()
    return plan


async def opened(crew: Crew, part: Json) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(await download(crew, part["url"])))


def manifest(archive: zipfile.ZipFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))[1:]


async def test_a_sheet_holds_what_the_list_does_and_runs_nothing(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01"])
    answer = next(one for one in body["answers"] if one["item"] == "YL-B01")
    answer["note"] = '=HYPERLINK("http://evil")'
    assert (await crew.put(body)).status_code == 201
    await crew.found("YL-B02")
    rows = await sheet(crew)
    assert {row["检查项编码"] for row in rows} == {"YL-B01", "YL-B02"}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert [row["检查项编码"] for row in await sheet(crew, q="YL-B02")] == ["YL-B02"]


async def test_r8_a_unit_gets_its_own_confirmed_findings_only(crew: Crew) -> None:
    await crew.opened("YL-B01")
    assert [row["检查项编码"] for row in await sheet(crew, "health")] == ["YL-B01"]
    assert await sheet(crew, "street") == []


async def test_every_batch_goes_out_once(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    for item in ("YL-B01", "YL-B02", "YL-B03", "YL-A01", "YL-A02"):
        await crew.found(item)
    codes = [row["检查项编码"] for row in await sheet(crew)]
    assert sorted(codes) == sorted(set(codes))
    found = await crew.get("office", "/api/findings.geojson")
    assert len(found["features"]) == len(codes) >= 5


async def test_a_map_has_each_finding_at_its_site_longitude_first_and_names_nobody(crew: Crew) -> None:
    await crew.found("YL-B01")
    site = await crew.site("YL-03")
    collection = await crew.get("office", "/api/findings.geojson")
    feature = collection["features"][0]
    assert feature["geometry"]["coordinates"] == [site["position"]["lon"], site["position"]["lat"]]
    assert "finder" not in feature["properties"]


async def test_an_empty_map_is_a_map(crew: Crew) -> None:
    assert await crew.get("office", "/api/findings.geojson") == {"type": "FeatureCollection", "features": []}


async def test_a_wrong_filter_is_a_problem_and_no_broken_file(crew: Crew) -> None:
    for url in ("/api/findings.csv", "/api/findings.geojson"):
        assert await crew.status("office", f"{url}?sort=nonsense") == 422


async def test_a_package_holds_every_original_under_a_name_that_a_person_reads(crew: Crew) -> None:
    shots = [await crew.photo("inspector", seed=seed) for seed in (1, 2)]
    await crew.found("YL-B01", photos={"YL-B01": shots})
    plan = await package(crew)
    assert (plan["photos"], len(plan["parts"])) == (2, 1)
    archive = await opened(crew, plan["parts"][0])
    assert archive.testzip() is None
    files = [name for name in archive.namelist() if name != "manifest.csv"]
    site = await crew.site("YL-03")
    assert all(name.startswith(f"{site['name']}/YL-B01/") for name in files)
    assert {hashlib.sha256(archive.read(name)).hexdigest() for name in files} == set(shots)
    assert {row[-1] for row in manifest(archive)} == set(shots)
    assert {row[0] for row in manifest(archive)} == set(files)


async def test_a_package_is_cut_into_parts_that_together_hold_all_of_it_once(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PART_BYTES", 1)
    shots = [await crew.photo("inspector", seed=seed) for seed in (1, 2, 3)]
    await crew.found("YL-B01", photos={"YL-B01": shots})
    plan = await package(crew)
    assert [part["number"] for part in plan["parts"]] == [1, 2, 3]
    await crew.found("YL-B02", photos={"YL-B02": [await crew.photo("inspector", seed=9)]})
    hashes = [row[-1] for part in plan["parts"] for row in manifest(await opened(crew, part))]
    assert sorted(hashes) == sorted(shots)


async def test_a_photo_that_the_store_has_lost_is_told_and_the_rest_goes_on(crew: Crew, district: District) -> None:
    shots = [await crew.photo("inspector", seed=seed) for seed in (1, 2)]
    await crew.found("YL-B01", photos={"YL-B01": shots})
    plan = await package(crew)
    await district.objects.delete(photo_key(shots[0]))
    rows = {row[-1] for row in manifest(await opened(crew, plan["parts"][0]))}
    assert rows == {f"{shots[0]} 原件损坏", shots[1]}


async def test_a_package_of_another_month_or_unit_is_empty(crew: Crew) -> None:
    await crew.found("YL-B01", photos={"YL-B01": [await crew.photo("inspector")]})
    assert (await package(crew, month="2025-01"))["parts"] == []
    assert (await package(crew, unitId=await crew.unit("田心街道")))["photos"] == 0
    assert (await package(crew, unitId=await crew.unit("区卫计局")))["photos"] == 1
