"""How long a run may take: what a newcomer runs is quick, the proofs look at everything."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

from examples import QUICK

# Every process of a run compiles what it imports otherwise, where the environment says so.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("proof", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=QUICK)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where the proofs are left out; a test that names a number keeps it."""
    gc.set_threshold(
        50_000, 20, 100
    )  # apps and documents make many objects that live for as long as their test
    settings.load_profile("quick" if config.option.markexpr == "not proof" else "proof")


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
