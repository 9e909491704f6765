"""Driving a real browser from tests: what it takes, and how a script of Node is run with a plan."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

needs_browser = pytest.mark.skipif(
    not (BROWSER and shutil.which("node") and (MODULES / "playwright-core").exists()),
    reason="needs Chromium, Node and `npm install --no-package-lock`",
)


def driven(script: str, plan: dict[str, Any], folder: Path) -> str:
    """What a script beside the tests of exports prints of a plan that it is given in a file of `folder`."""
    path = folder / "plan.json"
    path.write_text(json.dumps({"browser": BROWSER} | plan))
    command = ["node", str(ROOT / "tests" / "export" / script), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert run.returncode == 0, run.stderr
    return run.stdout
