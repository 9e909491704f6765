"""Exports for programs: flat JSON with a schema, headings that stay, and a chart in Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from checked import validate
from commanding import good, run
from dashboards import busy, lived_in
from expected_rows import any_roadmap, card_word, days_late, places, task_word
from lfroadmap.export import ExportContext, render
from lfroadmap.export.context import FormatChoices
from lfroadmap.imports.tables import tables_in
from lfroadmap.report.tables import COLUMNS
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.roadmap.progress import goal_of, iso_day, number_in, role_value
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.templates import Labels
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from lines import sample_history
from measured import measured
from samples import TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)
STABLE = FormatChoices(stable_heads=True)


def analysed(context: ExportContext) -> dict[str, list[dict[str, object]]]:
    found = json.loads(render(context, "json-analysis"))
    validate(found, SCHEMAS["analysis"]())
    return found


def rows(context: ExportContext, name: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(render(context, name).decode("utf-8-sig"), newline=""))]


@any_roadmap
def test_the_lists_say_what_the_model_says(roadmap: Roadmap, language: Language) -> None:
    labels = Labels(roadmap.template, language)
    found = analysed(ExportContext(roadmap, words(language), TODAY))
    assert found["as_of"] == TODAY.isoformat()
    cards = [card for _, card in places(roadmap)]
    assert [(row["health"], row["days_late"] or "") for row in found["cards"]] == [
        (word := card_word(card), days_late(word, role_value(card, "deadline"))) for card in cards
    ]
    tasks = [task for card in cards for task in card.tasks]
    assert [(row["done"], row["health"], row["days_late"] or "") for row in found["tasks"]] == [
        (task.done, word := task_word(task), days_late(word, task.due)) for task in tasks
    ]
    for row, kpi in zip(found["kpis"], roadmap.kpis, strict=True):
        target = labels.kpi(kpi, "target")
        numbers = (number_in(kpi.baseline), goal_of(target, number_in(kpi.baseline)), number_in(kpi.current))
        assert (row["baseline"], row["target"], row["current"]) == numbers
    for row, field in zip(found["fields"], (each for card in cards for each in card.fields), strict=True):
        assert row["day"] == (str(day) if field.kind == "date" and (day := iso_day(field.value)) else None)


@each_language
def test_values_changes_and_choices_are_in_it(language: Language) -> None:
    roadmap = busy(language)
    history = sample_history(language)
    context = ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap), history=history)
    found = analysed(context)
    assert len(found["kpi_values"]) == sum(map(len, lived_in(roadmap).values.values()))
    assert all(isinstance(row["number"], int | float) for row in found["kpi_values"])
    assert [row["id"] for row in found["changes"]] == [line.number for line in history]
    choice = next(
        row for row in analysed(ExportContext(sample("en"), words("en"), TODAY))["fields"] if row["choice"]
    )
    assert (choice["value"], choice["choice"]) == ("weekly", "weekly")


def test_a_hostile_roadmap_is_described_too() -> None:
    analysed(ExportContext(hostile(), words("he"), TODAY))


def test_every_key_of_the_schema_is_described() -> None:
    def undescribed(schema: dict[str, object], path: str) -> list[str]:
        properties: dict[str, dict[str, object]] = schema.get("properties", {})  # type: ignore[assignment]
        out = [f"{path}.{name}" for name, each in properties.items() if not each.get("description")]
        for name, each in properties.items():
            items: dict[str, object] = each.get("items", {})  # type: ignore[assignment]
            out += undescribed(items, f"{path}.{name}")
        return out

    assert undescribed(SCHEMAS["analysis"](), "") == []


@each_language
def test_stable_heads_are_the_same_in_every_language_and_read_back(language: Language) -> None:
    context = ExportContext(sample("en"), words(language), TODAY, choices=STABLE)
    tasks, cards = rows(context, "csv"), rows(context, "csv-cards")
    assert [*tasks[0]] == [*COLUMNS["tasks"], "as_of"]
    assert [row["health"] for row in tasks] == ["done", "on_track", "no_date", "done"]
    assert cards[0]["days_late"] == "14" and cards[0]["field_goals.link"].startswith("https://")
    assert cards[0]["progress"] == str(1 / 3)
    read = tables_in(render(context, "csv"), ImportChoices(), TODAY).tables
    assert [row.cells["task"] for table in read for row in table.rows] == [row["task"] for row in tasks]


def test_the_id_of_a_field_is_no_formula_in_a_heading() -> None:
    card = Card("c", "C", (Field("=1+1", label="=1+1", value="x"),))
    context = ExportContext(Roadmap("r", "R", stages=(Stage("s", "S", (card,)),)), words("en"), TODAY)
    for choices in (STABLE, FormatChoices()):
        chosen = ExportContext(context.roadmap, context.words, TODAY, choices=choices)
        assert not any(head.startswith("=") for head in rows(chosen, "csv-cards")[0])


def test_the_change_log_as_a_table_has_ids_kinds_and_fields() -> None:
    context = ExportContext(sample("en"), words("en"), TODAY, history=sample_history("en"), choices=STABLE)
    found = rows(context, "csv-history")
    assert {(row["change_kind"], row["node"], row["attribute"]) for row in found} == {
        (line.change.action, line.change.node, line.change.place) for line in sample_history("en")
    }
    assert [int(row["change_id"]) for row in found] == [line.number for line in sample_history("en")]


@each_language
def test_a_gantt_chart_has_every_deadline_and_open_task(language: Language) -> None:
    roadmap = busy(language)
    context = ExportContext(
        roadmap, words(language), TODAY, activity=lived_in(roadmap), choices=FormatChoices(gantt=True)
    )
    text = render(context, "md").decode()
    chart = text.partition("```mermaid\n")[2].partition("\n```")[0].splitlines()
    assert chart[0] == "gantt" and chart[2] == "    dateFormat YYYY-MM-DD"
    lanes = [line for line in chart[3:] if not line.startswith("    section ")]
    deadlines = [day for _, card in places(roadmap) if (day := iso_day(role_value(card, "deadline")))]
    tasks = [task for _, card in places(roadmap) for task in card.tasks if not task.done]
    due = [day for task in tasks if (day := iso_day(task.due))]
    ends = [re.findall(r"\d{4}-\d\d-\d\d", line)[-1] for line in lanes]
    assert sorted(ends) == sorted(day.isoformat() for day in (*deadlines, *due)) and due
    assert all(line.count(":") == 1 for line in lanes)
    plain = ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap))
    assert "mermaid" not in render(plain, "md").decode()


def test_no_name_is_a_part_of_the_language_of_the_chart() -> None:
    fields = (Field("d", "date", "deadline", value="2026-04-01"),)
    names = ("section x", "a: b;c#d", "%%{init}%%", "```", "")
    cards = tuple(Card(f"c{n}", name, fields) for n, name in enumerate(names))
    roadmap = Roadmap("r", "title: x", stages=(Stage("s", "S: y", cards),))
    text = render(
        ExportContext(roadmap, words("en"), TODAY, choices=FormatChoices(gantt=True)), "md"
    ).decode()
    chart = text.partition("```mermaid\n")[2].partition("\n```")[0].splitlines()
    assert [line.strip() for line in chart[3:]] == [
        "section S y",
        *(f"{name} :milestone, 2026-04-01, 0d" for name in ("- section x", "a b c d", "init", "-", "-")),
    ]


def test_facts_and_tasks_are_two_lists_in_markdown() -> None:
    lines = render(ExportContext(sample("en"), words("en"), TODAY), "md").decode().split("\n\n")
    at = next(n for n, block in enumerate(lines) if block.startswith("- [x] Choose"))
    assert lines[at - 1] == "**Tasks**" and lines[at - 2].startswith("- **")


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("export", "html", "--gantt"), "--gantt"),
        (("export", "json", "--stable-heads"), "--stable-heads"),
        (("export", "ics", "--open", "--all-events"), "choose one"),
    ],
)
def test_options_of_another_format_are_refused(
    capsys: pytest.CaptureFixture[str], plan: object, argv: tuple[str, ...], part: str
) -> None:
    ran = run(capsys, *argv)
    assert ran.status == 2 and part in ran.err


def test_the_command_knows_people_by_a_part_of_their_name(
    capsys: pytest.CaptureFixture[str], plan: object
) -> None:
    good(capsys, "add", "--card", "pilot", "Call @Dana Levi due 2999-01-01", "--in", "plan")
    assert "Call" in good(capsys, "export", "ics", "plan", "--owner", "dana", "-o", "-")
    assert run(capsys, "export", "ics", "plan", "--owner", "nobody").status == 1


def test_without_the_past_no_earlier_value_is_in_any_format(
    capsys: pytest.CaptureFixture[str], plan: object
) -> None:
    good(capsys, "kpi", "close rate", "31.25", "--in", "plan", "--at", "2026-01-05")
    good(capsys, "kpi", "close rate", "77.5", "--in", "plan")
    good(capsys, "kpi", "close rate", "88.5", "--in", "plan")
    for wanted in ("html", "json", "json-analysis", "csv-kpis", "md", "svg"):
        whole = good(capsys, "export", wanted, "plan", "-o", "-")
        bare = good(capsys, "export", wanted, "plan", "--no-past", "-o", "-")
        assert "31.25" not in bare and "77.5" not in bare
        assert ("31.25" in whole) == (wanted != "svg")
    assert run(capsys, "export", "html", "plan", "--no-past", "--history").status == 2


def test_without_the_past_the_newest_measurement_alone_is_left(
    capsys: pytest.CaptureFixture[str], plan: object, tmp_path: Path
) -> None:
    path = tmp_path / "measured.json"
    path.write_bytes(render(ExportContext(measured("en"), words("en"), TODAY), "json"))
    good(capsys, "import", str(path), "--name", "flows")
    days = [
        [each["day"] for each in json.loads(good(capsys, *command))["roadmap"]["measurements"]]
        for command in (
            ("export", "json", "flows", "-o", "-"),
            ("export", "json", "flows", "--no-past", "-o", "-"),
        )
    ]
    assert days == [["2026-02-10", "2026-03-10"], ["2026-03-10"]]
