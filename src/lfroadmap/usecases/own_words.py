"""The texts in a language, with days as the person's settings write them."""

from __future__ import annotations

from lfroadmap.errors import RoadmapError
from lfroadmap.settings import config_folder, load
from lfroadmap.words import Language, Words, words


def own_words(language: Language) -> Words:
    """The texts, for a process that was given no settings; with the defaults where these cannot be read."""
    try:
        settings = load(config_folder())
    except RoadmapError:  # reported where the process was started
        return words(language)
    return words(language).dated(settings.date_format, settings.week_starts)
