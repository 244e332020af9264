"""The HTTP decorators of the product: Litestar's, with the problems described that any call may answer."""

from __future__ import annotations

from functools import partial

import litestar
from litestar.openapi import ResponseSpec

from schemas.wire import Problem

_WORDS = {
    400: "The request has not the shape asked for",
    401: "Nobody is signed in",
    403: "This person may not do this",
    404: "Absent, or not this person's to see",
    409: "It does not fit what is there",
    413: "Too large",
    422: "Well shaped but wrong",
    429: "Too often",
}
PROBLEMS = {
    status: ResponseSpec(Problem, description=words, media_type="application/problem+json", generate_examples=False)
    for status, words in _WORDS.items()
}

get = partial(litestar.get, responses=PROBLEMS)
post = partial(litestar.post, responses=PROBLEMS)
put = partial(litestar.put, responses=PROBLEMS)
patch = partial(litestar.patch, responses=PROBLEMS)
delete = partial(litestar.delete, responses=PROBLEMS)
head = partial(litestar.head, responses=PROBLEMS)
