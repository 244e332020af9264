"""T2: Chromium is killed while an upload is under way: the phone goes on where it was, nothing is lost or twice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from random import Random

from sqlalchemy import func, select

from server.settings import read_settings
from storage.database.models import Photo, PhotoUse, Upload
from tests.browser.device import Device
from tests.browser.evidence import hashes_in_store, hashes_on_phone
from tests.browser.line import opened_line
from tests.browser.phone import Phone
from tests.faults.settling import left_after_sweep, opened
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

SITES = ("北门社区卫生服务站", "东门社区卫生服务站", "铁东社区卫生服务站")
TAIL_BYTES = 1_200_000  # so that a photo goes in several pieces


def test_an_upload_in_which_the_browser_dies_goes_on_where_it_was(server: AppServer, phone: Device) -> None:
    dice = Random(20261125)
    with opened_line(server.port) as line:
        phone.base_url = line.url
        inspector = Phone(phone).start().sign_in("inspector").ready_offline().next_day()
        # No byte of a piece arrives; some do; all do and the answer is lost.
        for site, share in zip(SITES, (0, dice.random(), 1), strict=True):
            line.stop_at(share)
            inspector.report_no_access(site, ("门口.jpg", jpeg(seed=dice.randrange(9999)) + dice.randbytes(TAIL_BYTES)))
            assert line.stopped.wait(120)
            phone.kill()
            inspector.start().sign_in_again_if_asked("督查员一").expect_all_delivered()
        taken = hashes_on_phone(phone.page)
        assert len(taken) == 2 * len(SITES)
    assert taken <= hashes_in_store(server.data_dir)
    server.stop()
    with ThreadPoolExecutor(1) as beside:  # here runs the browser's own loop
        beside.submit(asyncio.run, _each_once(server, taken)).result()
    server.start()


async def _each_once(server: AppServer, taken: Collection[str]) -> None:
    settings = read_settings({"XUNGAI_DATA_DIR": str(server.data_dir), "XUNGAI_DEMO": "1"})
    with opened(settings) as (district, desk):
        try:
            async with district.database.reading() as session:
                uses = await session.execute(
                    select(PhotoUse.sha256, PhotoUse.state, func.count()).group_by(PhotoUse.sha256, PhotoUse.state)
                )
                assert {row[0]: (row[1], row[2]) for row in uses if row[0] in taken} == dict.fromkeys(
                    taken, ("received", 1)
                )
                uploads = (await session.scalars(select(Upload).where(Upload.sha256.in_(taken)))).all()
                # Each went on as the upload that it was: none was begun anew, none was left.
                assert sorted(upload.sha256 for upload in uploads) == sorted(taken)
                assert all(upload.received_at for upload in uploads)
                of = select(func.count(PhotoUse.inspection_id.distinct())).where(PhotoUse.sha256.in_(taken))
                assert await session.scalar(of) == len(SITES)
                kept = set(await session.scalars(select(Photo.sha256)))
            assert set(taken) <= kept
            assert await left_after_sweep(district, desk, kept) == []
        finally:
            await district.database.close()
            await district.objects.close()
