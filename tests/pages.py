"""A page as a tree, for tests that read it as a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br"}


@dataclass
class Element:
    """An element with its attributes and what is in it, texts among them."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str, kind: str = "") -> list[Element]:
        """Every element of these sorts under this one, in order; where a class is named, only its own."""
        return [
            e
            for e in self.under()
            if e.tag in tags and (not kind or kind in e.given.get("class", "").split())
        ]

    def one(self, tag: str, kind: str = "") -> Element:
        """The first of them."""
        return self.all(tag, kind=kind)[0]

    def under(self) -> Iterator[Element]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.under()

    def text(self, but: Callable[[Element], bool] = lambda _: False) -> str:
        """What can be read, lines apart, without the elements that are left out."""
        out = ""
        for part in self.inside:
            if isinstance(part, str):
                out += part
            elif part.tag == "br":
                out += "\n"
            elif not but(part):
                out += part.text(but)
        return out

    def cell(self) -> tuple[str, str]:
        """A value and its note."""
        notes = [part for part in self.all("small") if part.tag == "small"]
        text = self.text(lambda part: part.tag == "small")
        return (text.removesuffix(" "), notes[0].text()) if notes else (text, "")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The drawn parts of a timeline close themselves."""
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def tree(page: str) -> Element:
    """The page."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert len(builder.open) == 1
    return builder.open[0]
