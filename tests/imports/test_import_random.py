"""Random tables: read right, or refused with the place named; never half."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from examples import examples, number
from lfroadmap.errors import BrokenSnapshot, UsageError
from lfroadmap.imports.tables import tables_in
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.table_file import ImportChoices, TableFile
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import joined_lines
from lfroadmap.words import LANGUAGES, words
from reading import read_tables

TODAY = date(2026, 3, 15)
HEBREW, LATIN = "אבגדהוזחטיכלמנסעפצקרשתםןףץ", "abcdefgxyzABC"
DONE, OPEN = ("Done", "x", "✅", "כן", "בוצע", "100%"), ("", "To Do", "no", "[ ]", "בתהליך", "0%")
WRITTEN = {
    "iso": lambda day: day.isoformat(),
    "dmy": lambda day: f"{day.day}/{day.month}/{day.year}",
    "mdy": lambda day: f"{day.month}/{day.day}/{day.year}",
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "words": lambda day: f"{day:%b} {day.day}, {day.year}",
    "time": lambda day: f"{day.isoformat()} 14:30",
}


def heads(role: str) -> st.SearchStrategy[str]:
    """A heading of the role that no other role takes first."""
    sure = [
        each.strip() for language in LANGUAGES for each in words(language)(f"heads.{role}").split(",")[:4]
    ]
    return st.sampled_from(sure)


@dataclass
class Made:
    """A table, and what must come out of it."""

    rows: list[tuple[str, str, bool, date | None]]
    order: str
    data: bytes
    is_proved: bool
    """True if a date proves the order of day and month, or none needs it."""


@st.composite
def made(draw: st.DrawFn) -> Made:
    hebrew = draw(st.booleans())
    letters = HEBREW if hebrew else LATIN
    word = st.text(letters + " \"',;0123456789-", min_size=1, max_size=12).map(str.strip)
    text = st.builds(lambda start, rest: f"{start}{rest}", st.sampled_from(letters), word)
    day = st.dates(date(2020, 1, 1), date(2030, 12, 28))
    rows = draw(st.lists(st.tuples(text, text, st.booleans(), st.none() | day), min_size=1, max_size=8))
    order = draw(st.sampled_from(sorted(WRITTEN)))
    roles = draw(st.permutations(["task", "owner", "done", "due", "junk"]))
    named = {role: "zzz" if role == "junk" else draw(heads(role)) for role in roles}
    marks = [draw(st.sampled_from(DONE if row[2] else OPEN)) for row in rows]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    out = io.StringIO(newline="")
    separator = draw(st.sampled_from(",;\t"))
    writer = csv.writer(out, delimiter=separator, lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    for title in draw(st.lists(text, max_size=2)):
        writer.writerow([title])
    writer.writerow([named[role] for role in roles])
    for (task, owner, _, due), mark in zip(rows, marks, strict=True):
        cells = {
            "task": task,
            "owner": owner,
            "done": mark,
            "due": WRITTEN[order](due) if due else "",
            "junk": "z",
        }
        writer.writerow([cells[role] for role in roles])
    days = [row[3] for row in rows if row[3]]
    is_proved = (
        order not in ("dmy", "mdy") or any(d.day > 12 for d in days) or all(d.day == d.month for d in days)
    )
    return Made(rows, order, out.getvalue().encode(encoding), is_proved)


@settings(examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(made())
def test_a_table_of_any_make_is_read_whole(table: Made) -> None:
    file = tables_in(table.data, ImportChoices(), TODAY)
    assert len(file.tables) == 1 and len(file.tables[0].rows) == len(table.rows)
    assert (file.undecided is None) is table.is_proved
    plan, fresh = templates.load("liquid-funnel").roadmap("r"), map(str, range(99))
    result = import_tables(plan, file.tables, "en", TODAY, lambda: next(fresh), fallback="x")
    for (task, owner, done, due), row in zip(table.rows, result.rows, strict=True):
        shown = {column: value for column, _, value in row.changes}
        assert row.outcome == "add" and row.what == joined_lines(task)
        assert shown.get("owner", "") == joined_lines(owner)
        assert ("done" in shown) is done
        if table.is_proved:
            assert shown.get("due", "") == (due.isoformat() if due else "")
        else:
            assert shown.get("due", "") in ("", due.isoformat() if due else "")
            assert "due" in shown or not due or [remark.key for remark in row.remarks] == ["undecided"]


@settings(max_examples=number(300), deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(b"<")
@example(b"SQLite format 3\0")
@example(b"Task,Due\n\xff")
@example(b"x 2026-01-01 a")
@example(b'[{"description": 1, "status": [], "uuid": {}, "entry": null}]')
@example(b'{"lists": 3, "cards": [{"name": {}, "idMembers": [[]]}], "idList": 1}')
@example(b"sep=;\n")
@example(b"\xef\xbb\xbf")
@example(b"PK\x05\x06" + bytes(18))
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    try:
        file = read_tables(data)
        assert isinstance(file, TableFile)
        plan = templates.load("liquid-funnel").roadmap("r")
        import_tables(plan, file.tables, "en", TODAY, lambda: "n")
    except (BrokenSnapshot, UsageError) as error:
        for language in LANGUAGES:
            assert words(language).error(error)
