"""The manual page, and the topics that `help` explains beside the commands."""

import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from commanding import ARGUMENTS, Capture, at_home, good
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.cli.manual import TOPICS
from lfroadmap.usecases.guide import topics
from lfroadmap.words import Language


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)


@pytest.mark.parametrize("language", get_args(Language))
def test_the_page_has_every_command_with_every_option(capsys: Capture, language: Language) -> None:
    page = good(capsys, "--lang", language, "help", "--man")
    sections = {part.partition("\n")[0].strip(' "'): part for part in page.split(".SH")[1:]}
    guide = {f"GUIDE: {topic.id.upper()}" for topic in topics(language)}
    assert {*sections} == {"NAME", "SYNOPSIS", *(name.upper() for name in (*COMMANDS, *TOPICS)), *guide}
    for command, arguments in ARGUMENTS.items():
        for option in [name for each in arguments for name in each.names if name.startswith("-")]:
            assert option.replace("-", "\\-") in sections[command.upper()]


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_explained(capsys: Capture, language: Language, topic: str) -> None:
    assert len(good(capsys, "--lang", language, "help", topic).splitlines()) > 3
    assert topic in good(capsys, "--lang", language, "help", "help")


def test_the_page_is_roff_that_nothing_complains_of(capsys: Capture) -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    page = good(capsys, "help", "--man")
    made = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-Kutf8"],
        input=page, text=True, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    assert "lfroadmap add --card CARD WORDS" in made.stdout.replace("\u2010", "-")
