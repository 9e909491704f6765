"""Every face tells what the model holds, cell for cell, whatever was typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from expected_rows import SIGNS, any_roadmap, card_word, expected_tasks, places, rendered, task_word
from lfroadmap.roadmap.model import Kpi, Roadmap
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import dotted, one_line, without_direction_marks
from lfroadmap.words import LANGUAGES, Language, words
from samples import EVIL, TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)


# ------------------------------------------------------------------ the page and Markdown


class Tasks(HTMLParser):
    """The tasks of a page: their texts with line feeds for `<br>`, and whether each is done."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[bool, str]] = []
        self.depth = 0
        self.state = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        if tag == "li" and given_.get("class") in ("done", "open"):
            self.state = given_["class"] or ""
        elif self.state and tag == "span" and not given_.get("class"):
            self.found.append((self.state == "done", ""))
            self.depth = 1
        elif self.depth and tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.depth:
            self.depth, self.state = 0, ""

    def handle_data(self, data: str) -> None:
        if self.depth:
            self._add(data)

    def _add(self, data: str) -> None:
        done, text = self.found[-1]
        self.found[-1] = (done, text + data)


@any_roadmap
def test_the_page_holds_every_task(roadmap: Roadmap, language: Language) -> None:
    reader = Tasks()
    reader.feed(rendered(roadmap, language, "html").decode())
    assert reader.found == [(row[4], row[3]) for row in expected_tasks(roadmap, language)]


def squeezed(text: object) -> str:
    """Markdown keeps no runs of blanks and none at the ends; marks keep signed words whole in it."""
    return " ".join(without_direction_marks(one_line(str(text))).split())


def read_markdown(data: bytes) -> list[tuple[str, str]]:
    """Each block that is text, with the tags that it stands in."""
    parser = MarkdownIt("gfm-like")
    out: list[tuple[str, str]] = []
    above: list[str] = []
    for token in parser.parse(data.decode()):
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {
                "text", "text_special", "softbreak", "strong_open", "strong_close", "html_inline",
                "link_open", "link_close",
            }  # fmt: skip
            html = {child.content for child in token.children or () if child.type == "html_inline"}
            assert html <= {"<br>"}
            links = [str(c.attrs["href"]) for c in token.children or () if c.type == "link_open"]
            assert all(re.match("https?://|mailto:", link) for link in links)
            text = "".join("\n" if c.type == "html_inline" else c.content for c in token.children or ())
            out.append((above[-1], text))
        elif token.type == "html_block":
            assert token.content.strip() in ('<div dir="rtl">', "</div>")
        elif token.nesting == 1:
            above.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            above.pop()
    return out


@any_roadmap
def test_markdown_holds_every_task_and_nothing_typed_is_markup(roadmap: Roadmap, language: Language) -> None:
    blocks = read_markdown(rendered(roadmap, language, "md"))
    tasks = [text for tag, text in blocks if tag == "paragraph" and re.match(r"\[[ x]\]", text)]
    expected = expected_tasks(roadmap, language)
    assert len(tasks) == len(expected)
    for text, row in zip(tasks, expected, strict=True):
        assert squeezed(text).startswith(squeezed(f"[{'x' if row[4] else ' '}] {row[3]}"))


@each_language
def test_hostile_markdown_keeps_its_texts(language: Language) -> None:
    blocks = read_markdown(rendered(hostile(), language, "md"))
    everything = squeezed(" ".join(text for _, text in blocks))
    assert [evil for evil in EVIL if squeezed(evil) not in everything] == []


def test_an_address_stands_in_markdown_as_it_was_typed() -> None:
    text = rendered(sample("en"), "en", "md").decode()
    assert "<https://example.com/board?a=1&b=2>" in text
    kpi = Kpi("k", "see https://example.com and www.example.com")
    other = rendered(Roadmap("r", "R", kpis=(kpi,)), "en", "md").decode()
    assert "see https://example.com and www.example.com" in other and "](" not in other


# ------------------------------------------------------------------ the calendar


def signed(word: str, text: str) -> str:
    """The summary of an event: what is done or late has its sign."""
    sign = f"{SIGNS[word]} " if word in ("done", "late") else ""
    return one_line(f"{sign}{text}")


@any_roadmap
def test_the_calendar_holds_every_deadline_and_due_day(roadmap: Roadmap, language: Language) -> None:
    data = rendered(roadmap, language, "ics")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    labels = Labels(roadmap.template, language)
    expected = []
    for _, card in places(roadmap):
        title = labels.of(card)
        named = [(iso_day(role_value(card, "deadline")), card_word(card), title)]
        named += [
            (iso_day(t.due), task_word(t), dotted(labels.of(t), title, words(language).direction))
            for t in card.tasks
        ]
        expected += [
            (day, signed(word, text), day < TODAY) for day, word, text in named if day and word != "done"
        ]
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    found = [(e["DTSTART"].dt, str(e["SUMMARY"]), not e.walk("VALARM")) for e in events]
    assert found == expected
    assert [e.errors for e in events if e.errors] == []
