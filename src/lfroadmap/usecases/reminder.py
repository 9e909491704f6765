"""What is due as a mail and as a notification: a subject and a body, in plain text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.report.formatting import HEALTH_SIGNS, format_days
from lfroadmap.roadmap.due import SPANS, Due
from lfroadmap.roadmap.portfolio import PlacedItem
from lfroadmap.text import clean, dots, dotted, one_line
from lfroadmap.words import SafeText, Words

_ENCODED = 45
"""Bytes of a subject that become one encoded word, which has 75 characters at most (RFC 2047)."""


class Reminder(NamedTuple):
    """What is due, in words."""

    subject: str
    body: str
    """Lines of text, without a line feed at the end."""


def reminder(found: Due, words: Words) -> Reminder | None:
    """The text for what is due; None where nothing is, and every roadmap could be read."""
    if not found.items and not found.unreadable:
        return None
    return Reminder(_subject(found, words), "\n".join(_lines(found, words)).strip("\n"))


def _subject(found: Due, words: Words) -> str:
    """How much is due, and whose it is: `Dana: 2 late · 1 today · 5 to come`."""
    spans = found.spans()
    counts = {"late": len(spans["late"]), "today": len(spans["today"])}
    counts["ahead"] = len(found.items) - sum(counts.values())
    parts = [words.plural(f"remind.{name}", count) for name, count in counts.items() if count]
    if found.unreadable:
        parts.append(words.plural("remind.unreadable", len(found.unreadable)))
    counted = SafeText(dots(parts, words.direction))
    if found.owner is None:
        return words("remind.subject", counts=counted)
    return words("remind.subject_of", owner=one_line(found.owner), counts=counted)


def _lines(found: Due, words: Words) -> Iterator[str]:
    for span in SPANS:
        if items := found.spans()[span]:
            yield words(f"due.{span}")
            yield from (_line(found, each, words) for each in items)
            yield ""
    if found.unreadable:
        yield words("portfolio.unreadable")
        yield from (f"- {words.error(each.error)}" for each in found.unreadable)


def _line(found: Due, each: PlacedItem, words: Words) -> str:
    """A card or task with its day, its roadmap and its owner: `- ▲ Call · Pilot · 2 days late · plan`."""
    labels, item = each.member.labels, each.item
    own = one_line(labels.of(item.node))
    what = dotted(own, one_line(labels.of(item.card)), words.direction) if item.task else own
    days = format_days((item.day - found.day).days, words)
    parts = [what, f"{days} ({words.day(item.day)})", each.member.name, one_line(each.owner).strip()]
    return f"- {HEALTH_SIGNS[each.health]} {dots(filter(None, parts), words.direction)}"


def mail_text(made: Reminder) -> str:
    """A mail without addresses (RFC 5322): its headers, an empty line, and the body, with line feeds."""
    headers = (
        f"Subject: {_header(made.subject)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return "\n".join((*headers, "", clean(made.body)))


def _header(text: str) -> str:
    """The text of a header: in ASCII as it is, any other as encoded words that break no character."""
    text = one_line(text)
    if text.isascii() and text.isprintable():
        return text
    pieces = [b""]
    for char in text:
        encoded = char.encode("utf-8", "replace")
        if len(pieces[-1]) + len(encoded) > _ENCODED:
            pieces.append(b"")
        pieces[-1] += encoded
    return "\n ".join(f"=?utf-8?B?{b64encode(piece).decode()}?=" for piece in pieces)
