"""A comparison of two points in time."""

from __future__ import annotations

from lfroadmap.export.comparison_page import ComparisonContext
from lfroadmap.report.comparison_report import Ends
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.usecases.points_in_time import PointInTime
from lfroadmap.words import Words


def compare_points(
    before: PointInTime, after: PointInTime, words: Words, thresholds: Thresholds
) -> ComparisonContext:
    """The changes from one point to the other, to be shown or written as a file."""
    days = Days(before.day, after.day, thresholds.risk_days)
    comparison = compare(before.roadmap, after.roadmap, words.language, days)
    return ComparisonContext(comparison, Ends(before.label, after.label), words, thresholds)
