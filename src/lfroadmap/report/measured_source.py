"""Where a measured value comes from, in words: a measure, and the customers that it is of."""

from __future__ import annotations

from functools import cache

from lfroadmap.roadmap.edits import Bind, Edit, SetKpi
from lfroadmap.roadmap.measured_values import Source, source_of
from lfroadmap.roadmap.model import Measurement, Reading
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.text import one_line
from lfroadmap.words import CONTENT, Language, SafeText, Texts, Words


@cache
def _texts(language: Language) -> Texts:
    return Texts((CONTENT / f"measures.{language}.toml").read_text("utf-8"))


def measure_name(measure: str, words: Words) -> str:
    """The name of a measure; the id itself of one that this version of the program does not know."""
    key = f"{measure}.name"
    return _texts(words.language)[key] if key in _texts(words.language) else one_line(measure)


def describe_measured(source: str, words: Words) -> str:
    """A source as a reading stores it: `Close rate · ads · region=north`."""
    found = source_of(source)
    filters = (one_line(each) for each in (found.channel, found.segment) if each)
    return SafeText(" · ".join((measure_name(found.measure, words), *filters)))


def describe_binding(edit: Bind, words: Words) -> str:
    """What an edit binds a KPI to; empty for nothing."""
    source = Source(edit.measure, edit.channel, edit.segment)
    return describe_measured(source.text, words) if edit.measure else ""


def measurement_name(measurement: Measurement, words: Words) -> str:
    """The name that a person gave to a measurement, else the day of its figures."""
    day = iso_day(measurement.day)
    return measurement.title or (words.day(day) if day else measurement.day or measurement.id)


def count_measured(several: tuple[Edit, ...]) -> int:
    """The measured values in edits that set down nothing else; 0 for other edits."""
    added = [each.node for each in several if isinstance(each, Add)]
    measured = [each for each in added if isinstance(each, Reading) and each.origin == "measured"]
    is_all = len(measured) == len(added) and all(isinstance(each, Add | Remove | SetKpi) for each in several)
    return len(measured) if is_all else 0
