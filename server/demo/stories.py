"""All that happened in the demo district, in no order; its timetable puts it into one.

Official language is Chinese; people are named by their login and shown as role titles, never by a real name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.demo.last_month import LAST_MONTH
from server.demo.sites import SITES
from server.demo.story import InMonth, Story
from server.demo.this_month import JUST_NOW, THIS_MONTH
from server.demo.two_months_ago import TWO_MONTHS_AGO

_TOLD: Final = (*TWO_MONTHS_AGO, *LAST_MONTH, *THIS_MONTH, *JUST_NOW)


def all_stories(further: Sequence[Story] = ()) -> list[Story]:
    """The told stories, and for each site that they leave out a visit in each of two months that found nothing."""
    stories = [*_TOLD, *further]
    told = {(story.site, story.template, story.when.months_ago) for story in stories if isinstance(story.when, InMonth)}
    quiet = []
    for months_ago in (2, 1):
        for number, site in enumerate(SITES):
            template = "KY" if site.kind == "science_room" else "YL"
            if (site.code, template, months_ago) not in told:
                when = InMonth(months_ago, 2 + (number * 5 + months_ago) % 12)
                at = ("09:05", "10:40", "14:30", "16:10")[(number + number // 12) % 4]
                quiet.append(Story(site.code, template, when, at, ("inspector", "inspector2")[number % 2]))
    return [*stories, *quiet]
