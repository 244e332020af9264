"""Verify: the bytes are those that were announced, and they are a photo to the last line."""

from __future__ import annotations

from pathlib import Path

from server.photos.decoding import Inspection
from server.photos.errors import HashDiffers, NotAPhoto, StoreAway, TooManyPixels, Undecodable
from server.photos.recognition import NotAPhotoError, TooManyPixelsError, UndecodableError
from server.photos.workshop import Workshop, WorkshopBusyError


def verify_hash(sha256: str, announced: str) -> None:
    """Raises HashDiffers."""
    if sha256 != announced:
        raise HashDiffers


async def verify_photo(path: Path, workshop: Workshop) -> Inspection:
    """Decode the whole file once, scaled down (R86).

    Raises NotAPhoto, TooManyPixels, Undecodable; StoreAway when the machine could not judge it now.
    """
    try:
        found = await workshop.recognise(path)
        return await workshop.inspect(path, found)
    except NotAPhotoError as error:
        raise NotAPhoto from error
    except TooManyPixelsError as error:
        raise TooManyPixels from error
    except UndecodableError as error:
        raise Undecodable from error
    except WorkshopBusyError as error:
        raise StoreAway(headers={"Retry-After": "30"}) from error
