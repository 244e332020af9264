"""Which rows rest on which paper."""

from __future__ import annotations

from server.basis.citing import rows_citing
from server.matrix.notice import indicators, seed_notice

NOTICE = seed_notice()
ROWS = indicators(NOTICE)


def test_r90_a_row_rests_on_the_paper_that_its_words_name() -> None:
    found = {cite.code: rows_citing(cite, ROWS) for cite in NOTICE.source.cites}
    assert found["SDXD"] == ["KW-SDXD"]
    assert found["MBZR"] == ["KW-DCLL"]
    assert found["KXSZ"] == ["III-42"]
    assert found["YLGH"] == ["III-61"]
    assert found["CYDW"] == []
