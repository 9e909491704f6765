"""The tasks that must come out of the files of other programs in `imports/foreign`, and words of the preview.

Of a task: its card, its owner, the day it was done (or `open`, or `done` for any day), the day it is due.
"""

from __future__ import annotations

from collections.abc import Sequence

GOALS, TOUCHPOINTS = "Liquid Funnel goals", "Touchpoints and triggers"
CHOOSE, EXIT = (
    "Choose the market segments to start with",
    "Agree what counts as an exit: how many silent days",
)
WANTED: dict[str, tuple[dict[str, tuple[str, str, str, str]], Sequence[str]]] = {
    "01-jira-all-fields.csv": (
        {
            EXIT: (GOALS, "Dana Levi", "2026-03-10", "2026-03-31"),
            "Set up return webhook": ("01-jira-all-fields", "Yoav Cohen", "open", "2026-04-15"),
            "Interview ten churned customers": ("01-jira-all-fields", "", "open", ""),
        },
        ["Task = “Summary”", "“Issue Type”", "Notes = “Comment”", "“01-jira-all-fields” in “A. "],
    ),
    "02-asana.csv": (
        {
            CHOOSE: (GOALS, "Dana Levi", "2026-03-10", "2026-03-31"),
            "Write return triggers for WhatsApp": (TOUCHPOINTS, "Yoav Cohen", "open", "2026-04-15"),
        },
        ["Card = “Section/Column”", "“Notes”", "Done on = “Completed At”"],
    ),
    "04-monday.xlsx": (
        {
            CHOOSE: (GOALS, "Dana Levi", "done", "2026-03-31"),
            "Write return triggers": ("04-monday", "Yoav Cohen", "open", "2026-04-15"),
            "Ask legal about consent": ("04-monday", "Michal", "open", "2026-04-05"),
        },
        ["“Subitems”", "“Managed by Dana”", "1 line repeats the headings", "“Strategy”, “Data”. To"],
    ),
    "05-planner.xlsx": (
        {
            CHOOSE: (GOALS, "Dana Levi;Yoav Cohen", "2026-03-10", "2026-03-31"),
            "Write return triggers": (TOUCHPOINTS, "Yoav Cohen", "open", "2026-04-05"),
        },
        ["read as month/day/year", "“Plan name” (no headings", "“Priority”"],
    ),
    "06-github-project.tsv": (
        {
            CHOOSE: (GOALS, "dana", "done", ""),
            "Write return triggers": ("06-github-project", "yoav, omer", "open", ""),
        },
        ["separated by tabs", "“URL”"],
    ),
    "07-trello.csv": (
        {
            CHOOSE: (GOALS, "dana", "done", "2026-03-31"),
            "Write return triggers": ("07-trello", "yoav", "open", "2026-04-15"),
        },
        ["Task = “Card Name”", "Done = “List Name”", "2 times with a zone", "“Board Name”"],
    ),
    "08-trello.json": (
        {"Choose the market segments": ("08-trello", "Dana Levi", "done", "2026-03-31")},
        ["Trello board (JSON)", "1 time with a zone"],
    ),
    "09-todo.txt": (
        {
            "Choose the market segments": ("09-todo", "dana", "2026-03-10", "2026-03-31"),
            "Write return triggers": ("09-todo", "yoav", "open", "2026-04-15"),
            "Ask legal about consent": ("09-todo", "", "open", ""),
        },
        ["todo.txt · UTF-8", "“project”"],
    ),
    "10-taskwarrior.json": (
        {
            "Choose the market segments": ("10-taskwarrior", "", "2026-03-10", "2026-03-31"),
            "לכתוב טריגרים לחזרה": ("10-taskwarrior", "", "open", "2026-04-15"),
        },
        ["Taskwarrior export", "“tags”"],
    ),
    "11-linear.csv": (
        {
            CHOOSE: (GOALS, "dana@x.com", "2026-03-10", "2026-03-31"),
            "Write return triggers": ("11-linear", "yoav@x.com", "open", "2026-04-15"),
        },
        ["Done on = “Completed”", "2 rows have an ID that is not here"],
    ),
    "22-hidden-sheet.xlsx": (
        {"Sheet one task": (GOALS, "", "open", "2026-03-01")},
        ["“Archive” (hidden)"],
    ),
    "24-done-on-only.csv": (
        {
            CHOOSE: (GOALS, "Dana Levi", "2026-03-10", "2026-03-31"),
            "Brand new, finished": (GOALS, "Dana Levi", "2026-03-10", "2026-03-31"),
            "Brand new, open": (GOALS, "Dana", "open", ""),
        },
        [],
    ),
    "29-task-and-text-columns.csv": (
        {CHOOSE: (GOALS, "", "open", ""), EXIT: (GOALS, "", "open", "")},
        [],
    ),
    "30-second-owner-empty.csv": (
        {CHOOSE: (GOALS, "Dana Levi", "open", ""), EXIT: (GOALS, "Dana", "open", "")},
        ["a second column of this name says “Yoav”"],
    ),
    "33-error-cells.xlsx": (
        {"Row with errors": (GOALS, "", "open", "")},
        ["Due: the cell has the error #REF!", "Owner: the cell has the error #N/A"],
    ),
    "34-multiline-cells.csv": (
        {
            "line one line two": (GOALS, "Dana Yoav", "open", ""),
            'he said "go", then left': (GOALS, 'ע"ד', "open", ""),
        },
        ["left 5 Card"],
    ),
    "35-invisible-marks.csv": ({"Marks task": (GOALS, "", "open", "2026-03-31")}, ["Card = “Card”"]),
    "52-issue-type-task.csv": (
        {"A": ("52-issue-type-task", "x", "done", ""), "B": ("52-issue-type-task", "y", "done", "")},
        ["Columns not read “Issue Type”"],
    ),
    "54-hebrew-common-heads.csv": (
        {"משימה א": (GOALS, "דנה", "done", "2026-03-31")},
        ["Task = “משימה”", "Owner = “אחראי”", "Due = “תאריך יעד”", "Done = “סטטוס”", "Card = “כרטיס”"],
    ),
}  # fmt: skip
NOTION = {
    CHOOSE: (GOALS, "Dana Levi", "done", "2026-03-31"),
    "Write return triggers for WhatsApp": (TOUCHPOINTS, "Yoav Cohen", "open", "2026-04-15"),
    "Ask legal about consent": ("Unified data and governance", "Michal", "open", "2026-04-05"),
}
RANGE = ["Due: the end of “April 1, 2026 → April 5, 2026”"]
WANTED |= {
    "03-notion.csv": (NOTION, [*RANGE, "“Status”"]),
    "03b-notion-renamed.csv": (NOTION, RANGE),
    "42-notion-export.zip": (NOTION, [*RANGE, "Tasks 1234abcd.csv"]),
}
