"""Installs a demo district with its findings and tasks, whose offices have written nothing yet, in a data folder."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import sys

from server.demo.service import install_demo
from server.installation import install_district, opened_district
from server.settings import read_settings


async def install(data_dir: str) -> None:
    """As the first start of a demo server does it, but for the year of the offices."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("XUNGAI_")}
    settings = read_settings({**variables, "XUNGAI_DATA_DIR": data_dir})
    async with opened_district(dataclasses.replace(settings, demo=False)) as district:
        await install_district(district)
        await install_demo(district, with_year=False)


if __name__ == "__main__":
    asyncio.run(install(sys.argv[1]))
