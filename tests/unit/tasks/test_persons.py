"""过问人, 落实人, 解决人 (R14)."""

from __future__ import annotations

from server.tasks.persons import told_persons


def test_r14_the_posts_and_the_sites_own_person_are_the_defaults() -> None:
    told = told_persons({}, leaders=["张局"], liaisons=["李联"], keeper="护士长")
    assert (told.overseer, told.implementer, told.resolver) == ("张局", "护士长", "")
    assert (told.named, told.gaps) == ([], ["resolver"])


def test_r14_the_liaison_carries_out_where_the_site_has_nobody() -> None:
    told = told_persons({}, leaders=["张局", "王局"], liaisons=["李联"], keeper="")
    assert (told.overseer, told.implementer) == ("张局、王局", "李联")


def test_r14_who_is_named_for_the_task_goes_before_the_post() -> None:
    named = {"overseer": "赵副局长", "implementer": None, "resolver": "钱科长"}
    told = told_persons(named, leaders=["张局"], liaisons=["李联"], keeper="")  # type: ignore[arg-type]
    assert (told.overseer, told.implementer, told.resolver) == ("赵副局长", "李联", "钱科长")
    assert (told.named, told.gaps) == (["overseer", "resolver"], [])


def test_r14_an_empty_person_is_marked() -> None:
    assert told_persons({}, leaders=[], liaisons=[], keeper="").gaps == ["overseer", "implementer", "resolver"]
