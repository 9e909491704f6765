"""The page of a portfolio: all of it is there, nothing of it runs, and it is no roadmap to import."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.export.html import Made
from lfroadmap.export.portfolio_page import portfolio_page
from lfroadmap.imports.snapshot import read
from lfroadmap.report.comparison_report import Ends
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import CHANGED, member, of_all, one_card, sample_portfolio, together
from samples import hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)


def page_of(portfolio: Portfolio, language: Language) -> str:
    made = Made(CHANGED, "dana")
    return portfolio_page(portfolio, words(language), DEFAULT_THRESHOLDS, made).decode()


class Reader(HTMLParser):
    """The tags of a page, the ids and the places that links lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        assert not [name for name in given if name.startswith("on")]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links |= {given["href"] or ""} if "href" in given else set()


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


@each_language
def test_every_link_leads_to_a_place_of_the_page(language: Language) -> None:
    reader = Reader(page_of(sample_portfolio(language), language))
    assert len(reader.ids) == len({*reader.ids})
    assert {link.removeprefix("#") for link in reader.links} <= {*reader.ids}
    assert {"progress", "roadmaps", "late", "next", "owners", "each", "roadmap-acme"} <= {*reader.ids}


@each_language
def test_all_of_it_is_on_the_page(language: Language) -> None:
    found = sample_portfolio(language)
    page = page_of(found, language)
    assert f'<html lang="{language}" dir="{words(language).direction}">' in page
    text = text_of(page)
    for part in ("Plan · Acme", "מפת דרכים · Acme", "Name an owner", "לסגור תקציב", "Dana Levi", "newer"):
        assert text_of(part) in text.replace(" · ", " · "), part
    assert page == page_of(found, language)


@each_language
def test_a_page_of_hostile_texts_runs_nothing(language: Language) -> None:
    evil = member('"><script>', hostile(), language)
    page = page_of(together(evil, member("<b>", hostile(), language)), language)
    reader = Reader(page)
    assert {"script", "img", "svg", "b"}.isdisjoint(reader.tags)
    assert len(reader.ids) == len({*reader.ids})


def test_the_addresses_stay_when_other_roadmaps_come() -> None:
    alone = Reader(page_of(together(member("תוכנית", sample("he"))), "he"))
    beside = Reader(page_of(together(member("a", sample("he")), member("תוכנית", sample("he"))), "he"))
    (address,) = (name for name in alone.ids if name.startswith("roadmap-"))
    assert re.fullmatch(r"roadmap-r-[0-9a-f]+", address)
    assert address in beside.ids


@pytest.mark.proof
def test_a_page_of_very_many_things_ends_and_counts_the_rest() -> None:
    page = page_of(of_all([one_card("Dana", "2026-03-01")] * 1_003), "en")
    assert "… and 3 more" in page


@each_language
def test_an_import_says_that_a_portfolio_carries_no_roadmap(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page_of(sample_portfolio(language), language), "utf-8")
    with pytest.raises(BrokenSnapshot) as found:
        read(path)
    why = found.value.facts["why"]
    assert isinstance(why, BrokenSnapshot) and why.key == "snapshot_of_portfolio"


def test_an_import_says_that_a_comparison_carries_no_roadmap() -> None:
    ends = Ends("then", "now")
    context = ComparisonContext(compare(sample("en"), sample("he"), "en"), ends, words("en"))
    with pytest.raises(BrokenSnapshot) as found:
        read(COMPARISONS["html"](context))
    why = found.value.facts["why"]
    assert isinstance(why, BrokenSnapshot) and why.key == "snapshot_of_comparison"
