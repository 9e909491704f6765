"""The words by which an import knows columns, marks, months and weekdays, in all languages at once.

They are in the tables `heads`, `marks` and `months` of the interface's texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from lfroadmap.words import LANGUAGES, Language, words

_TOKEN = re.compile(r"[^\W_]+(?:[\"'][^\W_]+)*")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"[/|\n()]| [-–—] ")
_QUOTES = str.maketrans({"״": '"', "׳": "'", "’": "'", "‘": "'", "”": '"', "“": '"'})
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%", re.ASCII)
_WHOLE = 100
_EMPTY_SIGNS = "🟢🟩🔵🟦⚪⚫👍🎉🏁🏆"
"""Signs that stand beside a mark as an ornament."""
_GENDER_ENDINGS = frozenset(("ת", "ה", "ית", "ים", "ות", "י"))
"""The second half of `אחראי/ת` and its like."""


def plain_text(text: str) -> str:
    """The text in lower case without vowel marks, invisible characters and differences of spacing."""
    if text.isascii():
        return " ".join(text.split()).casefold()
    shown = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    letters = (c for c in unicodedata.normalize("NFD", shown) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(letters).split()).casefold()


@lru_cache(maxsize=4096)
def head_key(head: str) -> str:
    """A column's heading for comparison: words without punctuation, plural, article and gender endings."""
    tokens = _TOKEN.findall(plain_text(_CAMEL.sub(" ", head)))
    kept = [token for n, token in enumerate(tokens) if not (n and token in _GENDER_ENDINGS)]
    return " ".join(map(_stem, kept))


def _stem(token: str) -> str:
    if token.isascii():
        return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
    return token[1:] if len(token) > 3 and token.startswith("ה") else token


def head_keys(head: str) -> Iterator[str]:
    """The keys that a heading may be known by: as a whole, without what is in brackets, and its parts."""
    yield head_key(head)
    yield head_key(_ASIDE.sub(" ", head))
    parts = [key for part in _PARTS.split(head) if (key := head_key(part))]
    if len(parts) > 1:
        yield from parts


@cache
def field_heads() -> tuple[str, ...]:
    """How the headings of fields begin in our tables of cards, whose names may be any words."""
    return tuple(words(language)("sheet.field", name="").strip() for language in LANGUAGES)


@cache
def head_ranks(role: str) -> dict[str, int]:
    """Key of a heading -> how sure it is that it heads a column of this role; 0 is the surest."""
    ranks: dict[str, int] = {}
    for language in LANGUAGES:
        own = words(language)(f"sheet.{role}") if f"sheet.{role}" in words(language) else role
        for rank, head in enumerate((own, role, *_listed(language, f"heads.{role}"))):
            ranks.setdefault(head_key(head), max(rank - 2, 0))
    return ranks


def _listed(language: Language, key: str) -> list[str]:
    table = words(language)
    return [word.strip() for word in table(key).split(",")] if key in table else []


@cache
def listed_words(table: str) -> dict[str, str]:
    """Word in plain text -> the key under which a table of the interface's texts lists it."""
    keys = dict.fromkeys(
        key.removeprefix(f"{table}.")
        for each in LANGUAGES
        for key in words(each).table
        if key.startswith(f"{table}.")
    )
    return {
        plain_text(word): key
        for key in keys
        for language in LANGUAGES
        for word in (key.replace("_", " "), *_listed(language, f"{table}.{key}"))
    }


@cache
def _marks() -> dict[str, bool]:
    """Mark -> True if it says that a task is done."""
    found: dict[str, bool] = {"": False}
    for language in LANGUAGES:
        for key, done in (("open", False), ("done", True)):
            own = words(language)(f"report.{key}")
            found |= {mark_key(word): done for word in (own, *_listed(language, f"marks.{key}"))}
    return found


def mark_key(text: str) -> str:
    """A mark for comparison; signs without letters stay as they are."""
    return plain_text(text).strip(" .!;:'") if text.strip() else ""


@lru_cache(maxsize=1024)
def read_mark(typed: str) -> bool | None:
    """True if a mark says that a task is done, False if it is open, None if it is not known."""
    key = mark_key(typed)
    known = _marks().get(key)
    if known is not None:
        return known
    if percent := _PERCENT.fullmatch(key):
        share = float(percent[1].replace(",", "."))
        return share == _WHOLE if share in (0, _WHOLE) else None
    return _mark_beside_signs(key)


def _mark_beside_signs(key: str) -> bool | None:
    """The mark of a word beside signs that say the same or nothing: `✅ done`, `🟢 done`."""
    signs = [c for c in key if unicodedata.category(c) in ("So", "Sk", "Sm")]
    word = mark_key("".join(" " if c in signs else c for c in key))
    found = _marks().get(word) if signs and word else None
    return found if all(c in _EMPTY_SIGNS or _marks().get(c) is found for c in signs) else None


@cache
def stage_marks(key: str) -> frozenset[str]:
    """The words in names of stages by which a deal is `won`, `lost`, `closing` ..., in plain text."""
    return frozenset(
        plain_text(name) for language in LANGUAGES for name in _listed(language, f"deal_marks.{key}")
    )


@cache
def months() -> dict[str, int]:
    """Name of a month -> its number; in Hebrew also with a letter before it, as in `31 במרץ`."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for number in range(1, 13):
            for name in map(plain_text, _listed(language, f"months.m{number}")):
                found |= {name: number} | ({} if name.isascii() else {f"ב{name}": number, f"ל{name}": number})
    return found


@cache
def weekdays() -> frozenset[str]:
    """Words that may stand beside a date and change nothing."""
    return frozenset(plain_text(word) for language in LANGUAGES for word in _listed(language, "months.days"))
