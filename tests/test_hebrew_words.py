"""Hebrew that was mended does not come back: phrases by the key of their text, and some for all texts."""

from __future__ import annotations

import re

import pytest

from lfroadmap.roadmap.templates import load
from lfroadmap.words import CONTENT, words

GONE: dict[str, tuple[str, ...]] = {
    "kpi.owner": ("אחראי/ה",),
    "history.empty": ("ממה",),
    "command.history_about": ("ממה ולמה",),
    "command.go_card": ("לשם",),
    "command.go_step": ("לשם",),
    "command.go_change": ("לשם",),
    "error.needs_yes": ("לתמיד", "אם זה בטוח"),
    "cli.ask_sure": ("בטוח",),
    "cli.ask_empty.one": ("לתמיד",),
    "cli.ask_empty.many": ("לתמיד",),
    "cli.bin_empty": ("הסל ריק",),
    "cli.help_show": ("תמונת המצב של",),
    "cli.help_snapshot": ("רגעים", "מתן שם"),
    "cli.help_bin": ("הזו",),
    "rescue.whole": ("ניצל",),
    "rescue.not_whole": ("ניצל",),
    "rescue.lost.one": ("ניצל",),
    "rescue.lost.many": ("ניצלו",),
    "moment.title": ("כפי שהיה",),
    "moment.restore": ("להחזיר",),
    "snapshots.before_bulk": ("רבים יחד",),
    "bin.title": ("סל$",),
    "command.bin": ("סל$",),
    "help.place_bin": ("סל$",),
    "help.place_moment": ("מבט אל העבר",),
    "command.see_then": ("איך היה",),
    "command.only_card": ("הכרטיס$",),
    "command.only_person": ("האדם$",),
    "command.new_snapshot_about": ("מתן שם",),
    "command.pages": ("עמוד",),
    "change.empty": ("רוקן", "היה"),
    "compared.dates": ("שזזו",),
    "compared.kpis": ("שזזו",),
    "export.busy": ("בעבודה",),
    "export.csv": ("לכל גיליון",),
    "changes.write": ("כתיבה כדף",),
    "changes.hint": ("-7 לפני",),
    "leave.copy_and_quit": ("לכתוב עותק",),
    "import.unlisted": ("נקראים אותו דבר",),
    "merge.why_no_words": ("ניסוח",),
    "merge.none_taken": ('ל"{name}',),
    "merge.remark_bad_better": ("^(?!.*גבוה יותר)",),
    "error.save_failed": ("בכל שנייה",),
    "error.watch_past": ("עוקב ", "מציין"),
    "error.no_moment": ("מציין רגע",),
    "error.output_closed": ("סטנדרטי",),
    "doctor.detected": ("באופן", "הסימן"),
    "doctor.chosen": ("באופן", "הסימן"),
    "doctor.device": ("המספרים שלו",),
    "doctor.ask": ("לגלות",),
}
"""Key -> what its text must not match."""
NOWHERE = (
    "ממה ולמה",
    "ממה למה",
    "הקו הישר",
    "משיש לכם",
    "אנליזת",
    "מצב הרוח",
    "לתמיד",
    "הסטנדרטי",
    "הזו\\b",
    "אחראי/ה\\b",
    "עין אנושית",
    "קצב סקירה",
    "מציין רגע",
)
"""What no text of the interface, help or template may have; `סל` and `הסימן` are good words elsewhere."""
IN_TEMPLATES = (
    "מכירות פנים",
    "רגעי Cross-sell",
    "למסירה",
    "סגמנט",
    "א אסטרטגיה",
    "ג AI",
    '"% ה',
    "לעומת הביקורת",
    "זיכוי",
    "לכל ספק",
    "חסר יכולת",
    "עם הכספים",
)


@pytest.mark.parametrize("key", GONE)
def test_a_phrase_does_not_come_back(key: str) -> None:
    text = words("he").table[key]
    assert [phrase for phrase in GONE[key] if re.search(phrase, text)] == []


@pytest.mark.parametrize("phrase", NOWHERE)
def test_a_phrase_is_nowhere(phrase: str) -> None:
    texts = {key: text for key, text in words("he").table.items() if not key.startswith(("heads.", "marks."))}
    files = [*CONTENT.glob("*.md"), *CONTENT.glob("templates/*.toml")]
    texts |= {path.name: path.read_text("utf-8") for path in files}
    assert [name for name, text in texts.items() if re.search(phrase, text)] == []


TEMPLATE_KEYS = (
    "error.template",
    "template_update.",
    "save_template.",
    "template_file.",
    "command.save_template",
    "command.apply_template",
)


def test_a_template_is_not_called_a_model() -> None:
    texts = {key: text for key, text in words("he").table.items() if key.startswith(TEMPLATE_KEYS)}
    assert len(texts) > len(TEMPLATE_KEYS)
    assert [key for key, text in texts.items() if "מודל" in text] == []


@pytest.mark.parametrize("phrase", IN_TEMPLATES)
def test_a_phrase_is_in_no_template(phrase: str) -> None:
    texts = [path.read_text("utf-8") for path in (CONTENT / "templates").glob("*.toml")]
    assert texts and load("liquid-funnel")
    assert not any(re.search(phrase, text) for text in texts)


COMMAND = re.compile('lfroadmap [a-z-][^\n"]*')


@pytest.mark.parametrize("language", ["he", "en"])
def test_no_mark_stands_in_or_at_a_command(language: str) -> None:
    found = []
    for key, text in words("he" if language == "he" else "en").table.items():
        for command in COMMAND.finditer(text):
            line = command[0].split("  ")[0]
            before = text[: command.start()][-1:]
            if re.search("[\u200e\u200f]", before) or re.match("[ -~]*[\u200e\u200f]", line):
                found.append(key)
    assert found == []
