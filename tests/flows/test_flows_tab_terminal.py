"""The Flows tab on a real terminal: a log is chosen, measured and taken, seen, on a page, and taken back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.flows.sample import write_sample
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.words import LANGUAGES, Language, words
from terminal import Terminal, as_drawn, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_log_to_the_tab_the_page_and_back(tmp_path: Path, language: Language) -> None:
    texts, env = words(language), environment(tmp_path)
    log, page = tmp_path / "log.csv", tmp_path / "plan.html"
    path = tmp_path / "data" / "roadmaps" / "liquid-funnel.roadmap"
    write_sample(log)
    with Terminal([PROGRAM, "--lang", language], env) as terminal:
        terminal.wait_for("^Q")
        terminal.send(keys("alt+7"))
        terminal.wait_for(as_drawn(texts("flows_tab.first"), texts.direction))
        terminal.send("o")
        terminal.wait_for(as_drawn(texts("measure_source.title"), texts.direction))
        terminal.send(f"{log}\r")
        terminal.wait_for("920")
        terminal.send("visit,quote,purchase\r")
        terminal.wait_for(as_drawn(texts("flows_tab.take"), texts.direction))
        terminal.send("\r")
        terminal.wait_for(lambda shown: "36.84%" in shown and "42.94%" in shown)
        terminal.wait_for(lambda shown: bool(read(path).measurements))
        subprocess.run([PROGRAM, "export", "html", "-o", str(page)], env=env, check=True, timeout=60)
        assert "36.84%" in page.read_text("utf-8")
        rate = read(path).kpis[0]
        assert (rate.current, rate.readings[-1].origin) == ("36.84", "measured")
        terminal.send(keys("ctrl+z"))
        terminal.wait_for(lambda shown: read(path).kpis[0].current == "")
        assert len(read(path).measurements) == 1
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
