"""The words of the templates that come with the product, for entries that have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lfroadmap.roadmap.templates import load, names
from lfroadmap.words import LANGUAGES, Language


class BuiltInWords:
    """The words of one node of a built-in template, as `template/id` names it."""

    def __init__(self, source: str) -> None:
        template, _, self._key = source.partition("/")
        self._template = load(template) if template in names() else None

    def of(self, name: str) -> dict[str, str]:
        """Language -> text of an attribute; empty where there is none."""
        if self._template is None:
            return {}
        words = self._template.words
        key = f"{self._key}.{name}"
        return {language: words[language][key] for language in LANGUAGES if key in words[language]}

    @property
    def are_known(self) -> bool:
        """True if a built-in template has a node of this name with words."""
        return any(self.of(name) for name in ("title", "label", "text", "measure", "name"))


def in_language(texts: Mapping[str, Any], language: Language) -> str:
    """A text in one language, or in the other one where it has only that."""
    found = (texts[each] for each in (language, *LANGUAGES) if isinstance(texts.get(each), str))
    return next(found, "")


def texts_in(entry: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an entry that has them in keys of their own."""
    return {language: entry[language] for language in LANGUAGES if language in entry}
