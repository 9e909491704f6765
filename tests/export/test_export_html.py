"""The page is what the report tells, and nothing that was typed can become a part of its structure."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.export import ExportContext, render
from lfroadmap.export.html import page
from lfroadmap.imports.snapshot import read
from lfroadmap.report.nodes import Report
from lfroadmap.report.report import report
from lfroadmap.roadmap.links import links_in
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import EVIL, TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)
VOID = {"meta", "br"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "dl", "div", "dt",
    "dd", "nav", "ul", "li", "main", "section", "article", "span", "progress", "bdi", "small", "table",
    "thead", "tbody", "tr", "th", "td", "footer", "code", "script", "br", "time", "details", "summary", "ol",
    "svg", "line", "path", "circle", "text", "h4", "h5", "rect",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "http-equiv", "content", "name", "class", "href", "id", "aria-label",
    "aria-labelledby", "aria-hidden", "role", "max", "value", "rel", "scope", "data-label", "type",
    "datetime", "width", "height", "direction", "overflow", "x", "y", "x1", "x2", "y1", "y2", "d",
    "text-anchor", "viewbox", "preserveaspectratio", "cx", "cy", "r", "colspan",
}  # fmt: skip


@dataclass
class Seen(HTMLParser):
    """What a parser finds in a page: every tag must be closed by its own end."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


def exported(roadmap: Roadmap, language: Language = "en") -> str:
    return render(ExportContext(roadmap, words(language), TODAY), "html").decode()


def body(text: str) -> str:
    return text[text.index("<body>") : text.index("<script")]


def shown(text: str, language: Language = "he") -> str:
    """How the page writes one text: the title of its only card."""
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", text),)),))
    return re.search(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", exported(roadmap, language))[1]  # type: ignore[index]


def check_structure(text: str) -> Seen:
    found = seen(text)
    assert set(found.tags) <= TAGS
    assert {name for _, name, _ in found.attributes} <= ATTRIBUTES
    assert found.tags.count("script") == found.tags.count("style") == 1
    ids = [value for _, name, value in found.attributes if name == "id"]
    assert len(set(ids)) == len(ids)
    for _, name, value in found.attributes:
        if name == "href":
            assert value[1:] in ids if value.startswith("#") else re.match("https?://", value)
        if name == "aria-labelledby":
            assert value in ids
    return found


# ------------------------------------------------------------------ structure and safety


@settings(deadline=None)
@given(roadmaps, st.sampled_from(LANGUAGES))
def test_any_roadmap_makes_a_sound_page_that_reads_back(roadmap: Roadmap, language: Language) -> None:
    text = exported(roadmap, language)
    check_structure(text)
    assert read(text.encode()) == roadmap


@each_language
@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4), st.booleans())
def test_any_text_is_safe_and_reads_back(language: Language, typed: list[str], done: bool) -> None:
    texts = [f"{text}</script><img src=x onerror=alert(1)>{text}" for text in typed]
    card = Card("c", texts[0], tuple(Field(f"f{n}", "long", "", t, t) for n, t in enumerate(texts)))
    tasks = tuple(Task(f"t{n}", text, done, "", text, text) for n, text in enumerate(texts))
    roadmap = Roadmap("r", texts[-1], stages=(Stage("s", texts[0], (replace(card, tasks=tasks),)),))
    text = exported(roadmap, language)
    check_structure(text)
    assert read(text.encode()) == roadmap


@each_language
def test_hostile_texts_change_nothing_but_texts(language: Language) -> None:
    text = exported(hostile(), language)
    found = check_structure(text)
    assert [tag for tag, name, _ in found.attributes if name == "type"] == ["script"]
    assert read(text.encode()) == hostile()
    visible = body(text)
    for sign in ("\x1b", "\x9b", "\x00", "\u202e", "\u2067", "\u2028", "\ufeff"):
        assert sign not in visible
    assert "[red]not red[/red]" in visible
    assert "alert(1)" in html.unescape(visible)


@each_language
def test_only_addresses_of_the_web_and_of_mail_are_links(language: Language) -> None:
    typed = [
        *EVIL,
        "see https://example.com, or (mailto:dana@example.com).",
        "https://example.com/a",
        "ראו https://example.com/דף!",
        "https://dana@example.com",
        "http://a b",
        "ftp://a",
        "data:text/html,x",
    ]
    fields = tuple(Field(f"f{n}", "text", "", "L", text) for n, text in enumerate(typed))
    found = seen(exported(Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", fields),)),)), language))
    links = [value for tag, name, value in found.attributes if name == "href" and not value.startswith("#")]
    assert links == [link.address for text in typed for link in links_in(text)]
    assert links[-5:] == [
        "https://example.com",
        "mailto:dana@example.com",
        "https://example.com/a",
        "https://example.com/דף",
        "http://a",
    ]
    rels = [value for tag, name, value in found.attributes if name == "rel"]
    assert rels == ["noopener noreferrer"] * len(links)


@each_language
def test_the_policy_allows_the_one_style_and_nothing_else(language: Language) -> None:
    text = exported(sample(language), language)
    css = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]  # type: ignore[index]
    pin = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)[1]  # type: ignore[index]
    assert policy == f"default-src 'none'; style-src 'sha256-{pin}'; base-uri 'none'; form-action 'none'"
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_the_style_fetches_nothing() -> None:
    css = files("lfroadmap").joinpath("export/page.css").read_text("utf-8")
    assert not re.search(r"url\(|@import|@font-face|</|expression|\\", css)
    assert css.count("{") == css.count("}")


def test_the_same_roadmap_makes_the_same_bytes() -> None:
    assert exported(sample("he"), "he") == exported(sample("he"), "he")


# ------------------------------------------------------------------ what it says


@each_language
def test_the_page_says_all_that_the_report_tells(language: Language) -> None:
    text = "".join(seen(body(exported(sample(language), language)) + "</body>").texts)
    roadmap = sample(language)
    for stage in roadmap.stages:
        for card in stage.cards:
            texts = [card.title, *(task.text for task in card.tasks), *(f.label for f in card.fields)]
            texts += [line for f in card.fields if f.kind in ("text", "long") for line in f.value.split("\n")]
            assert [part for part in texts if part and part not in text] == []


@each_language
def test_the_page_has_the_landmarks_and_one_heading_of_the_first_level(language: Language) -> None:
    text = exported(sample(language), language)
    direction = words(language).direction
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n')
    found = seen(text)
    for tag in ("header", "nav", "main", "footer", "h1"):
        assert found.tags.count(tag) == 1
    levels = [int(tag[1]) for tag in found.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_each_mark_has_a_spoken_name() -> None:
    text = exported(sample("en"))
    assert text.count('aria-label="done">☑<') == 2
    assert text.count('aria-label="to do">☐<') == 2


def test_a_node_that_the_page_cannot_show_is_not_dropped_silently() -> None:
    whole = report(sample("en"), words("en"), today=TODAY)
    broken = Report(whole.title, "en", "ltr", whole.facts, (object(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="object"):
        page(broken, sample("en"), words("en"))


# ------------------------------------------------------------------ right to left


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("דנה לוי", "דנה לוי"),
        ("API גרסה 2", "API גרסה 2"),
        ("Dana Levi", '<bdi dir="ltr">Dana Levi</bdi>'),
        ("-2.6%", '<bdi dir="ltr">-2.6%</bdi>'),
        ("31.3.2026", '<bdi dir="ltr">31.3.2026</bdi>'),
        ("+20% ברבעון", '<bdi dir="ltr">+20%</bdi> ברבעון'),
        ("דף /pricing, חדש", 'דף <bdi dir="ltr">/pricing</bdi>, חדש'),
        ("ב-/pricing", 'ב-<bdi dir="ltr">/pricing</bdi>'),
        ("לכתוב אל @dana.", 'לכתוב אל <bdi dir="ltr">@dana</bdi>.'),
        ("קוד ב-C++ ו-C#", 'קוד ב-<bdi dir="ltr">C++</bdi> ו-<bdi dir="ltr">C#</bdi>'),
        ("מ-2.4% ל-3.5%", "מ-2.4% ל-3.5%"),
        ("A/B בדף", "A/B בדף"),
        ("(ראו /docs)", '(ראו <bdi dir="ltr">/docs</bdi>)'),
        ("שלום & <b>", "שלום &amp; &lt;b&gt;"),
    ],
)
def test_lines_on_a_hebrew_page(typed: str, written: str) -> None:
    assert shown(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [("Dana", "Dana"), ("גרסה 2", '<bdi dir="rtl">גרסה 2</bdi>'), ("API גרסה 2", "API גרסה 2"), ("-5", "-5")],
)
def test_lines_on_an_english_page(typed: str, written: str) -> None:
    assert shown(typed, "en") == written


def test_each_line_of_a_long_text_has_its_own_direction() -> None:
    text = exported(sample("he"), "he")
    assert '<br>ל-35% עד 30/09/2026<br><bdi dir="ltr">plain</bdi></dd>' in text
    assert 'API גרסה 2 ו-<bdi dir="ltr">C++</bdi> בדף <bdi dir="ltr">/pricing</bdi><br>' in text
