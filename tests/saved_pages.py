"""Exported pages with and without the data that they carry, and why one is refused."""

from __future__ import annotations

import re

import pytest

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import Language, words
from samples import TODAY, hostile

BLOCK = re.compile(rb'<script type="application/json" id="lfroadmap">(.*?)</script>')
SPARE = re.compile(rb'<meta name="lfroadmap" content="([^"]*)">')


def page(roadmap: Roadmap, language: Language = "he") -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY), "html")


HOSTILE = page(hostile())
NO_BLOCK, NO_SPARE = BLOCK.sub(b"", HOSTILE), SPARE.sub(b"", HOSTILE)


def refused(data: bytes) -> str:
    """Why a file was not read."""
    with pytest.raises(BrokenSnapshot) as caught:
        read(data, "plan.html")
    why = caught.value.facts["why"]
    assert isinstance(why, BrokenSnapshot)
    return why.key
