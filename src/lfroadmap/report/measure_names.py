"""The names of measures, read without their definitions and queries."""

from __future__ import annotations

from functools import cache

from lfroadmap.text import one_line
from lfroadmap.words import CONTENT, Language, Texts


@cache
def _texts(language: Language) -> Texts:
    return Texts((CONTENT / f"measures.{language}.toml").read_text("utf-8"))


def measure_name(id: str, language: Language) -> str:
    """The name of a measure; the id itself of one that this version of the program does not know."""
    key = f"{id}.name"
    return _texts(language)[key] if key in _texts(language) else one_line(id)
