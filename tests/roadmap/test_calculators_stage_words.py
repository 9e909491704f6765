"""Names of stages: how their deals ended, and names that do not say it."""

from __future__ import annotations

import pytest

from lfroadmap.roadmap.calculators.stage_words import StageWords
from lfroadmap.roadmap.import_words import stage_marks

WORDS = StageWords(*map(stage_marks, StageWords._fields))
NAMES = {
    "won": (
        "Won", "Closed Won", "closed-won", "ClosedWon", "closed_won", "closedwon", "6. Won", "Deal won",
        "Win", "Won - renewal", "Won - no discount", "✅ Won", "Signed", "זכייה", "זכיה",
        "סגור - זכייה", "סגור־זכיה", "נסגרה בהצלחה", "נחתם", "חוזה נחתם", "זכינו!",
    ),
    "lost": (
        "Lost", "Closed-Lost", "Closed lost - price", "Closed (lost)", "LOST: no budget", "closedlost",
        "Deal lost", "Not won", "Closed - not won", "Disqualified", "Cancelled", "Closed / rejected",
        "הפסד", "סגור - הפסד", "אבוד", "אבדה", "נפל", "נפל על מחיר", "נסגר ללא הצלחה", "לא זכינו",
        "לא רלוונטי", "בוטלה", "אבוד - אין תקציב", "סגור – לא רלוונטי",
    ),
    "closing": ("Close", "Closed", "Closing", "סגירה", "נסגר", "סגורה"),
    "unclear": (
        "Won/Lost", "Closed - no decision", "At risk of loss", "Not lost", "סגור - בהמתנה", "זכייה או הפסד",
        "לא הפסד",
    ),
    "": (
        "Lead", "Negotiation", "Contract to be signed", "Closing call", "הצעה", "ממתין לחתימה", "לפני סגירה",
        "5",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "ending"), [(name, end) for end, names in NAMES.items() for name in names])
def test_a_name_says_how_its_deals_ended(name: str, ending: str) -> None:
    assert WORDS.ending(name) == ending
