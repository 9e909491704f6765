"""Calculators with numbers, in both languages, for screens and walks."""

from __future__ import annotations

from lfroadmap.roadmap.model import Calculator, CalculatorRow
from lfroadmap.words import Language


def funnel(language: Language = "en") -> Calculator:
    """1,000 → 200 → 50 → 10, and another rate of the second step."""
    title, *names = {
        "en": ("From lead to customer", "Leads", "Calls", "Quotes", "Customers"),
        "he": ("מליד ללקוח", "לידים", "שיחות", "הצעות מחיר", "לקוחות"),
    }[language]
    rows = [
        CalculatorRow(f"f.{n}", name, count)
        for n, (name, count) in enumerate(zip(names, ("1000", "200", "50", "10"), strict=True), 1)
    ]
    rows[2] = CalculatorRow("f.3", rows[2].name, "50", "40%")
    return Calculator("f", "funnel", title, tuple(rows))


def pipeline(language: Language = "en") -> Calculator:
    """Five deals, one won and one lost; a value that cannot be read."""
    title, quote, talks, won, lost = {
        "en": ("Deals of the quarter", "Quote", "Negotiation", "Won", "Lost"),
        "he": ("עסקאות הרבעון", "הצעת מחיר", "משא ומתן", "נסגר בהצלחה", "אבוד"),
    }[language]
    lines = (
        ("Alpha", quote, "12000", "50%", "12"),
        ("Beta", quote, "8,000", "25%", "20"),
        ("Gamma", talks, "30000", "75%", "9"),
        ("Delta", won, "15000", "", "4"),
        ("Epsilon", lost, "1.000", "", "30"),
    )
    rows = tuple(
        CalculatorRow(f"p.{n}", name, "", "", stage, value, probability, days)
        for n, (name, stage, value, probability, days) in enumerate(lines, 1)
    )
    return Calculator("p", "pipeline", title, rows)


def unit(language: Language = "en") -> Calculator:
    """One channel."""
    title, name = {
        "en": ("Unit economics", "All channels"),
        "he": ("כלכלת יחידה", "כל הערוצים"),
    }[language]
    row = CalculatorRow("u.1", name, value="120", spend="9000", customers="30", months="18")
    return Calculator("u", "unit", title, (row,))
