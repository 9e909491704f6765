"""Addresses in typed text: which parts of it are links, and what they lead to.

Only `http`, `https` and `mailto` are links; nothing else is ever opened. An address ends before a blank, a
control or an invisible character, and a sign that closes the sentence around it is no part of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

LONGEST = 2000
"""Characters of the longest address: sheets and openers take no more."""
_CLOSERS = {")": "(", "]": "["}
_ENDS = ".,;:!?…'*_~·׃־。،؛؟"
"""Signs that end a sentence, or dress a word, where they are the last of an address."""
_START = r"(?<![\w=/\\.+@#&-])|(?<=[\u0590-\u05ff]-)|(?<=[\u0590-\u05ff])"
"""Where an address may begin: not within a Latin word or another address, but behind a Hebrew prefix."""
_SCHEME = "(?:https?://|mailto:)"
_BODY = r"[^\s<>\"'`´‘’“”„«»״׳\\{}|^\u0000-\u0020\u007f-\u00a0]"
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?)(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?|\[[0-9A-Fa-f:.]{2,45}\]")
_PORT = re.compile(r":\d{1,5}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[^\W_][\w-]*(?:\.[\w-]+)+(?:\?[^\s]*)?")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class Link(NamedTuple):
    """An address in a text."""

    start: int
    end: int
    address: str


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(rf"(?:{_START}){_SCHEME}(?:(?![,;]{_SCHEME}){_BODY})+", re.IGNORECASE)


def links_in(text: str) -> tuple[Link, ...]:
    """The links in a text, in its order."""
    if ":" not in text:
        return ()
    return tuple(_links(text))


def address_of(text: str) -> str:
    """The text as a link, without blanks around it; empty where it is none, or has more than one."""
    bare = text.strip()
    found = links_in(bare)
    return bare if len(found) == 1 and found[0].address == bare else ""


def _links(text: str) -> Iterator[Link]:
    for match in _candidates().finditer(text):
        address = _ended(_visible(match[0]))
        if _leads_somewhere(address):
            yield Link(match.start(), match.start() + len(address), address)


def _visible(address: str) -> str:
    """The address up to its first invisible character."""
    if address.isascii():
        return address
    end = next((at for at, char in enumerate(address) if unicodedata.category(char) in _INVISIBLE), None)
    return address[:end]


def _ended(address: str) -> str:
    """The address without the signs that belong to the sentence around it."""
    while address:
        last = address[-1]
        if last in _ENDS or (last in _CLOSERS and address.count(last) > address.count(_CLOSERS[last])):
            address = address[:-1]
        else:
            break
    return address


def _leads_somewhere(address: str) -> bool:
    """True for a mail address, or a host without a name and a password before it."""
    if len(address) > LONGEST:
        return False
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return bool(_MAIL.fullmatch(rest))
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    host = _HOST.match(authority)
    end = host.end() if host else 0
    return bool(host) and (end == len(authority) or bool(_PORT.fullmatch(authority, end)))
