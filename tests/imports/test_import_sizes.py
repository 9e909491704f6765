"""What was exported of a very large roadmap comes back, in bounded room."""

from __future__ import annotations

import json
import quopri
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bombs import MEGABYTE, read_each
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.report.change_log import HistoryLine
from lfroadmap.report.history import ChangeText
from lfroadmap.roadmap import json_source, schema
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.words import words
from reading import read_tables
from samples import TODAY, sample

pytestmark = pytest.mark.proof

MOST = 300
"""Megabytes that reading may take in all."""
BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def plan(tasks: int, cards: int = 500) -> Roadmap:
    def card(number: int) -> Card:
        fields = (Field(f"f{number}", "long", "goals", "Goals", "the goals of it " * 30),)
        own = range(number, tasks, cards)
        return Card(
            f"card{number:012x}",
            f"כרטיס {number}",
            fields,
            tuple(
                Task(
                    f"{n:016x}",
                    f"משימה {n}: call the customers of segment {n}",
                    n % 2 == 0,
                    "",
                    "2026-04-01",
                    "דנה",
                )
                for n in own
            ),
        )

    return Roadmap("plan", "Plan", stages=(Stage("s", "A", tuple(map(card, range(cards)))),))


def change(n: int) -> HistoryLine:
    text = ChangeText(
        "set",
        f"{n:016x}",
        "card1",
        "כרטיס 1",
        f"משימה {n} · בעלים",
        f"old {n}",
        f"new {n}",
        f"בעלים: old {n} ← new {n}",
    )
    return HistoryLine(n, BEGAN + timedelta(seconds=n), "דנה לוי", text)


def check(paths: list[Path]) -> None:
    for path, outcome in zip(paths, read_each(paths), strict=True):
        size = path.stat().st_size / MEGABYTE
        print(f"{size:>6.1f} MB  {outcome.megabytes:>4} MB  {outcome.seconds:>5.1f} s  {path.name}")
        assert outcome.result == "read" and outcome.megabytes <= MOST, (path.name, outcome)


def test_a_history_beyond_what_a_roadmap_may_be_comes_back(tmp_path: Path) -> None:
    """130,000 changes."""
    whole = json.loads(render(ExportContext(sample("he"), words("he"), TODAY, history=(change(1),)), "json"))
    whole["history"][0]["before"] = "מה שהיה " * 10
    one = json.dumps(whole["history"][0], ensure_ascii=False, indent=2)
    whole["history"] = ["…"]
    text = json.dumps(whole, ensure_ascii=False, indent=2).replace('"…"', ",\n".join([one] * 130_000))
    path = tmp_path / "plan.json"
    path.write_text(text, "utf-8")
    assert path.stat().st_size > json_source.LIMIT
    assert read(path) == sample("he")
    check([path])


def test_a_page_beyond_what_a_roadmap_may_be_comes_back(tmp_path: Path) -> None:
    page = render(ExportContext(sample("he"), words("he"), TODAY), "html")
    long = page.replace(b"</main>", b"<p>%b</p></main>" % ("טקסט ארוך " * 3_500_000).encode())
    path = tmp_path / "plan.html"
    path.write_bytes(long)
    assert path.stat().st_size > json_source.LIMIT
    assert read(path) == sample("he")
    check([path])


@pytest.mark.proof
@pytest.mark.first
def test_a_roadmap_of_50_000_tasks_and_100_000_changes_comes_back_from_every_file(tmp_path: Path) -> None:
    roadmap = plan(50_000)
    history = tuple(change(n) for n in range(100_000, 0, -1))
    snapshot = ExportContext(roadmap, words("he"), TODAY, history=history)
    paths = {name: tmp_path / f"plan.{name}" for name in ("json", "html", "csv", "xlsx")}
    for name, path in paths.items():
        path.write_bytes(render(snapshot, name))
    single = tmp_path / "plan.mhtml"
    head = b"From: <Saved>\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
    body = quopri.encodestring(paths["html"].read_bytes())
    single.write_bytes(head + b"Content-Transfer-Encoding: quoted-printable\n\n" + body + b"\n--x--\n")
    check([*paths.values(), single])
    assert read(paths["json"]) == read(paths["html"]) == read(single) == roadmap
    for name in ("csv", "xlsx"):
        merged = import_tables(roadmap, read_tables(paths[name]).tables, "he", TODAY, lambda: "new")
        assert len(merged.rows) >= 50_000 and {step.outcome for step in merged.rows} == {"same"}


def test_a_roadmap_of_100_000_tasks_is_within_the_bounds() -> None:
    data = schema.dump(plan(2_000, cards=20), "he").encode()
    assert json_source.values(data, json_source.PARTS) * 50 < json_source.PARTS
    assert len(data) * 50 < json_source.LIMIT
