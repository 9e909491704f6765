"""Which parts of a text are links."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.links import LONGEST, address_of, links_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com.", ["https://example.com"]),
        ("(https://en.wikipedia.org/wiki/A_(b))", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("ראו https://a.co.il/דף, ואז mailto:dana@a.co.il!", ["https://a.co.il/דף", "mailto:dana@a.co.il"]),
        ("בhttps://a.co/x, ב-https://a.co/y", ["https://a.co/x", "https://a.co/y"]),
        ("https://a.b/x״ “https://a.b/y”", ["https://a.b/x", "https://a.b/y"]),
        ("http://a.b,https://c.d", ["http://a.b", "https://c.d"]),
        ("HTTP://localhost:8080/x?y=1#z", ["HTTP://localhost:8080/x?y=1#z"]),
        ("https://a.b/\u202egnp.exe", ["https://a.b/"]),
        ("https://a.b/\u200bx \u0007https://a.b\u0007x", ["https://a.b/", "https://a.b"]),
        ("two\nhttps://a.b/x\nlines", ["https://a.b/x"]),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, found: list[str]) -> None:
    links = links_in(text)
    assert [link.address for link in links] == found
    assert [text[link.start : link.end] for link in links] == found


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "ftp://a.b", "file:///etc/passwd", "data:text/html,x", "xhttps://a.b",
        "https://", "http://.", "https://a..b", "https:// a.b", "https://dana:pw@a.b/", "https://a.b@c.d",
        "mailto:", "mailto:dana", "mailto:dana@a", "https://a.b:x/", "https:\\\\a.b", "http:/a.b",
        "<a href=https://a.b>", "https://a.b/" + "x" * LONGEST, "14:30",
    ],
)  # fmt: skip
def test_nothing_else_is_a_link(text: str) -> None:
    assert links_in(text) == ()
    assert address_of(text) == ""


def test_a_text_is_a_link_where_it_is_nothing_else() -> None:
    assert address_of(" https://a.b/x ") == "https://a.b/x"
    assert address_of("https://a.b/x.") == "" == address_of("https://a.b https://c.d")


PIECES = st.sampled_from(
    ["https://", "http://", "mailto:", "a.b", "/", "@", "ש", ".", ")", "(", " ", "\u202e", "\x1b", "\u2028"]
)


@examples(200)
@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_whatever_is_typed_a_link_is_safe_to_open(text: str) -> None:
    end = 0
    for link in links_in(text):
        address = link.address
        assert end <= link.start and text[link.start : link.end] == address
        end = link.end
        assert address.lower().startswith(("http://", "https://", "mailto:"))
        assert not any(unicodedata.category(c).startswith(("C", "Z")) for c in address)
        assert not set(address) & set("<>\"'`\\")
        assert address[-1] not in ".,;:!?"
        if not address.lower().startswith("mailto:"):
            parts = urlsplit(address)
            assert parts.hostname and parts.username is None
        assert address_of(address) == address
