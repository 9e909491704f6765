"""How long a run may take: what a newcomer runs is quick, the proofs look at everything."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from examples import QUICK

# Every process of a run compiles what it imports otherwise, where the environment says so.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["LFROADMAP_PROGRAMS"] = ""  # no browser prints for a test that does not ask for one

settings.register_profile("proof", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=QUICK)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where the proofs are left out; a test that names a number keeps it."""
    gc.set_threshold(
        50_000, 20, 100
    )  # apps and documents make many objects that live for as long as their test
    atexit.register(gc.freeze)  # what is left at the end goes with the process, and is not looked through
    is_default = config.option.markexpr in config.getini("addopts")
    settings.load_profile("quick" if is_default else "proof")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a person in a wide terminal, who answers no question."""
    from commanding import at_home

    at_home(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def plan(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file of a roadmap with a snapshot, a history and something in its bin."""
    from plan_at_home import plan_with_history

    return plan_with_history(home, capsys)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases of a test as proofs but for its quick ones, and put the tests in order."""
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("proof") is None:
            cases[item.nodeid.partition("[")[0]].append(item)
    for group in cases.values():
        if marker := group[0].get_closest_marker("quick_cases"):
            (number,) = marker.args
            quick = {at * len(group) // number for at in range(number)}
            for at, item in enumerate(group):
                if at not in quick:
                    item.add_marker(pytest.mark.proof)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """The longest tests begin first; then those of the source, of which one process makes the trees."""
    if item.get_closest_marker("first"):
        return 0
    module = item.getparent(pytest.Module)
    return 1 if module is not None and _reads_source(module.obj) else 2


@cache
def _reads_source(module: ModuleType) -> bool:
    return any(getattr(each, "__module__", "") == "source" for each in vars(module).values())


def pytest_collection_finish() -> None:
    """What stays for the whole run is not looked at again by each collection of garbage."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A process a core for a whole run, and one for the time in which tests wait for disks and programs.

    None for a few files, which would wait for the processes to start.
    """
    few = config.args_source is config.ArgsSource.ARGS or config.option.keyword
    return 0 if few else min((os.cpu_count() or 1) + 1, 4)
