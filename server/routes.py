"""The HTTP decorators of the product: Litestar's, with the problems described that any call may answer."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import litestar
from litestar.openapi import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from schemas.wire import Problem

_WORDS = {
    400: "The request has not the shape asked for",
    401: "Nobody is signed in",
    403: "This person may not do this",
    404: "Absent, or not this person's to see",
    409: "It does not fit what is there",
    413: "Too large",
    422: "Well shaped but wrong",
    423: "A one-time password must be replaced first",
    429: "Too often",
}
_WORDS_OF_UPLOADS = {
    412: "Another version of tus, or none",
    415: "Not a photo, or not sent as bytes",
    460: "The bytes do not have the promised hash",
    503: "The store does not answer",
}


def _described(words: dict[int, str]) -> dict[int, ResponseSpec]:
    kind = "application/problem+json"
    return {
        status: ResponseSpec(Problem, description=text, media_type=kind, generate_examples=False)
        for status, text in words.items()
    }


PROBLEMS = _described(_WORDS)
_WORDS_OF_BYTES = {
    416: "The range begins after the end",
    500: "The store has lost or changed the bytes",
    503: "The store does not answer",
}
FILE_PROBLEMS = _described(_WORDS | {status: _WORDS_OF_BYTES[status] for status in (416, 503)})
PHOTO_PROBLEMS = _described(_WORDS | _WORDS_OF_BYTES)
UPLOAD_PROBLEMS = _described(_WORDS | _WORDS_OF_UPLOADS)

# The limits of a schema type are lost inside FromQuery and FromPath: a parameter needs its own.
# A month's length too: its pattern alone lets a line feed stand behind it.
_MONTH = QueryParameter(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", max_length=7)
MonthQuery = Annotated[str | None, _MONTH]
MonthNeeded = Annotated[str, _MONTH]
SearchText = Annotated[str | None, QueryParameter(max_length=60)]
YearQuery = Annotated[int, QueryParameter(ge=1970, le=2199)]
YearPath = Annotated[int, PathParameter(ge=1970, le=2199)]

get = partial(litestar.get, responses=PROBLEMS)
post = partial(litestar.post, responses=PROBLEMS)
put = partial(litestar.put, responses=PROBLEMS)
patch = partial(litestar.patch, responses=PROBLEMS)
delete = partial(litestar.delete, responses=PROBLEMS)
head = partial(litestar.head, responses=PROBLEMS)
