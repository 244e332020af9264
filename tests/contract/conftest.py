"""The stores that the contract suite is run on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.objects import ObjectStore, open_store
from tests.servers import s3


@pytest.fixture(scope="session", params=["filesystem", "seaweedfs", "juicefs"])
def store_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh, running store of each kind."""
    directory: Path = tmp_path_factory.mktemp(request.param)
    if request.param == "filesystem":
        yield f"file://{directory}/objects"
    else:
        start = s3.seaweedfs if request.param == "seaweedfs" else s3.juicefs
        with start(directory) as address:
            yield address


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[ObjectStore]:
    opened = open_store(store_url)
    await opened.ready()
    yield opened
    await opened.close()
