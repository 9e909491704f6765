"""From a log of events to the KPIs of a roadmap, on a real terminal: bind, measure, see it, take it back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lfroadmap.store.sqlite.file_format import read
from terminal import Terminal, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
STEPS = ("--steps", "visit,quote,purchase")


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_log_fills_the_kpis_and_one_undo_takes_it_back(tmp_path: Path, language: str) -> None:
    env, file = environment(tmp_path), tmp_path / "data" / "roadmaps" / "plan.roadmap"

    def do(*argv: str, answer: str = "") -> str:
        with Terminal([PROGRAM, "--lang", language, *argv], env, cwd=tmp_path) as terminal:
            if answer:
                terminal.wait_for("/")  # of the answers that the question names
                terminal.wait_for("]")
                terminal.send(answer)
            assert terminal.wait_exit() == 0, terminal.text()
            return terminal.output.decode()

    do("measure", "--sample", "log.csv")
    do("new", "plan", "--template", "liquid-funnel")
    do("bind", "kpi.close-rate", "win_rate", "--in", "plan")
    assert "36.84" in do("measure", "log.csv", *STEPS, "--into", "plan", answer="n\r")
    assert read(file).measurements == ()
    do("measure", "log.csv", *STEPS, "--into", "plan", answer="y\r")
    roadmap = read(file)
    assert [kpi.current for kpi in roadmap.kpis][:2] == ["36.84", "49"]
    assert [kpi.readings[0].source for kpi in roadmap.kpis][2] == "win_rate"
    assert "36.84" in do("show", "plan")
    assert "36.84" in do("history", "plan")
    with Terminal([PROGRAM, "--lang", language, "open", "plan"], env, cwd=tmp_path) as terminal:
        terminal.wait_for("36.84")
        terminal.send(keys("ctrl+z"))
        terminal.wait_for(lambda shown: not any(kpi.current for kpi in read(file).kpis))
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    after = read(file)
    assert not any(kpi.current or kpi.baseline or kpi.readings for kpi in after.kpis)
    assert len(after.measurements) == 1, "a measurement has no place in undo"
    do("measure", "--again", "plan", "--yes")
    assert [kpi.current for kpi in read(file).kpis][:2] == ["36.84", "49"]
