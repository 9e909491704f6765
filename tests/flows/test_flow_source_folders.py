"""Folders and patterns as sources of events, and objects within lines of JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from reading_events import read, table

ROWS = ["customer,time,kind", "a,2026-01-01,visit", "b,2026-01-02,visit"]


def test_a_folder_and_a_pattern_are_all_their_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.csv", "in/b.csv", ".hidden.csv", "_SUCCESS"):
        table(tmp_path / name, ROWS)
    table(tmp_path / "notes.md", ["no table"])
    found = read(tmp_path)
    assert (len(found.reading.files), found.reading.events) == (2, 4)
    assert [Path(path).name for path in found.reading.skipped] == ["notes.md"]
    assert read(tmp_path / "**" / "*.csv", tmp_path / "a.csv").reading.events == 4


def test_files_that_only_lie_beside_the_tables_of_a_folder_are_named_and_passed_over(tmp_path: Path) -> None:
    beside = {"empty.csv": "", "package.json": '{\n "name": "x"\n}\n', "readme.txt": "About these files\n"}
    for name, text in beside.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(RoadmapError, match="flows_file"):
        read(tmp_path)
    table(tmp_path / "events.csv", ROWS)
    found = read(tmp_path)
    assert (found.reading.events, [Path(path).name for path in found.reading.skipped]) == (2, [*beside])
    for name in beside:
        with pytest.raises(RoadmapError, match="flows_file"):
            read(tmp_path, tmp_path / name)
    table(tmp_path / "other.csv", ["a,b,c", "1,2,3"])
    with pytest.raises(RoadmapError, match="flows_columns"):
        read(tmp_path)


def test_a_folder_that_may_not_be_read_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(top: Path, onerror: Callable[[OSError], None], **_: object) -> list[object]:
        onerror(PermissionError(13, "Permission denied", str(top)))
        return []

    monkeypatch.setattr("os.walk", refused)  # root may read every folder
    with pytest.raises(RoadmapError, match="snapshot_unreadable"):
        read(tmp_path)


def test_columns_within_an_object_of_json_are_known_by_their_last_part(tmp_path: Path) -> None:
    inner = (
        '{"userId": "u", "timestamp": "2026-01-01T00:00:00Z", "event": "Order Completed", "properties": {}}'
    )
    line = inner.replace("{}", '{"revenue": 10, "channel": "ads", "type": "x", "time": "later"}')
    found = read(table(tmp_path / "segment.jsonl", [line]))
    assert (found.column("value"), found.column("channel")) == ([10.0], ["ads"])
    assert found.column("kind") == ["Order Completed"]
    beside = line.replace('"event"', '"channel": "web", "event"')
    assert read(table(tmp_path / "both.jsonl", [beside])).column("channel") == ["web"]
