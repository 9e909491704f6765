"""`watch-measure`: it measures again when files change, and ends in good order whenever a signal comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lfroadmap.errors import UsageError
from lfroadmap.flows.sample import write_sample
from lfroadmap.roadmap.model import Kpi, Roadmap
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases.measure_again import every_of, stamp_of
from reading_events import table
from test_measure_ended import by_default, waiting_for

PLAN = Roadmap("plan", "Plan", "", (), (Kpi("k", "Customers", bound_to="customers"),))


@pytest.mark.parametrize(("typed", "seconds"), [("45s", 45), ("30 m", 1800), ("1h", 3600), ("1D", 86_400)])
def test_times_are_read(typed: str, seconds: int) -> None:
    assert every_of(typed) == seconds


@pytest.mark.parametrize("typed", ["", "1", "0s", "-1h", "1w", "999999d", "1h30m", "٣s"])
def test_other_texts_are_no_times(typed: str) -> None:
    with pytest.raises(UsageError, match="watch_every"):
        every_of(typed)


def test_files_that_change_come_or_go_are_seen(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    first = table(tmp_path / "logs" / "a.csv", ["customer,time,kind"])
    stamps = [stamp_of([str(tmp_path / "logs")])]
    assert stamp_of([str(tmp_path / "logs")]) == stamps[0]
    with first.open("a") as file:
        file.write("a,2026-01-01,visit\n")
    stamps.append(stamp_of([str(tmp_path / "logs")]))
    other = table(tmp_path / "logs" / "b.csv", ["customer,time,kind"])
    stamps.append(stamp_of([str(tmp_path / "logs")]))
    first.unlink()
    stamps.append(stamp_of([str(tmp_path / "logs")]))
    other.replace(first)
    stamps.append(stamp_of([str(tmp_path / "logs")]))
    assert len(set(stamps)) == len(stamps) == 5
    assert stamp_of(["clickhouse://host/db/t"]) is None


@contextmanager
def watching(folder: Path, *argv: str) -> Iterator[subprocess.Popen[str]]:
    spill = folder / "tmp"
    spill.mkdir()
    env = {
        **os.environ, "TMPDIR": str(spill), "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8",
        "LFROADMAP_DATA_DIR": str(folder / "data"), "LFROADMAP_CONFIG_DIR": str(folder / "config"),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "lfroadmap", "--lang", "en", "watch-measure", *argv],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=by_default,  # noqa: PLW1509 - it only sets signals
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_fills_the_kpis_again_until_a_signal_ends_it(tmp_path: Path, number: signal.Signals) -> None:
    log = tmp_path / "log.csv"
    write_sample(log)
    path = Library(tmp_path / "data").create("plan", PLAN, "me")
    with watching(tmp_path, str(log), "--into", "plan", "--every", "1s") as process:
        assert process.stdout is not None
        while "Ctrl+C" not in process.stdout.readline():
            assert process.poll() is None
        assert read(path).kpis[0].current == "310"
        with log.open("a") as file:
            file.write("somebody new,2026-08-01T00:00:00Z,visit,ads,,,\n")
        assert waiting_for(lambda: read(path).kpis[0].current == "311")
        log.unlink()  # for a moment the source is gone, which is complained of
        assert process.stderr is not None
        while "log.csv" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "Traceback" not in err
    assert [each.day for each in read(path).measurements] == ["2026-07-04", "2026-08-01"]
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.proof
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_the_middle_of_measuring(tmp_path: Path, number: signal.Signals) -> None:
    rows = [
        f"c{n % 500},2026-01-{n % 28 + 1:02},{'visit' if n % 3 else 'purchase'},x{n}" for n in range(400_000)
    ]
    log = table(tmp_path / "big.csv", ["customer,time,kind,channel", *rows])
    path = Library(tmp_path / "data").create("plan", PLAN, "me")
    spill = tmp_path / "tmp"
    with watching(tmp_path, str(log), "--into", "plan") as process:
        assert waiting_for(lambda: any(spill.glob("*/events.duckdb*")) or process.poll() is not None)
        assert process.poll() is None, "it was over before it could be ended"
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "Traceback" not in err
    assert list(spill.iterdir()) == []
    assert read(path) == PLAN
