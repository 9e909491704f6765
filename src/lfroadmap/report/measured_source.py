"""Where a measured value comes from, in words: a measure, and the customers that it is of."""

from __future__ import annotations

from lfroadmap.report.measure_names import measure_name
from lfroadmap.roadmap.edits import Bind, Edit
from lfroadmap.roadmap.measured_edits import count_measured
from lfroadmap.roadmap.measured_values import Source, source_of
from lfroadmap.roadmap.model import Measurement
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.structure import Add
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words


def describe_measured(source: str, words: Words) -> str:
    """A source as a reading stores it: `Close rate · ads · region=north`."""
    found = source_of(source)
    filters = (one_line(each) for each in (found.channel, found.segment) if each)
    return SafeText(" · ".join((measure_name(found.measure, words.language), *filters)))


def describe_binding(edit: Bind, words: Words) -> str:
    """What an edit binds a KPI to; empty for nothing."""
    source = Source(edit.measure, edit.channel, edit.segment)
    return describe_measured(source.text, words) if edit.measure else ""


def describe_measuring(several: tuple[Edit, ...], inverse: tuple[Edit, ...], first: str, words: Words) -> str:
    """Measured values that edits set down, or take back; empty for other edits. `first` is one in words."""
    if set_down := count_measured(several):
        return words.plural("change.measured", set_down, first=first)
    taken_back = 0 if any(isinstance(each, Add) for each in several) else count_measured(inverse)
    return words.plural("change.unmeasured", taken_back, first=first) if taken_back else ""


def measurement_name(measurement: Measurement, words: Words) -> str:
    """The name that a person gave to a measurement, else the day of its figures."""
    day = iso_day(measurement.day)
    return measurement.title or (words.day(day) if day else measurement.day or measurement.id)
