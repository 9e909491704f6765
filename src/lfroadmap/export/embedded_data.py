"""The JSON of a roadmap within a page: a block of data, and once more as a spare, packed in plain letters.

The block is for programs and for reading back. What saves a page again may leave out every script, which
the block is to it (Chromium's and Edge's single file, SingleFile), write the page in an encoding that lacks
signs, break its long line, or stop in the middle. Of all that could hold a spare only an attribute in the
head comes through everything that was tried: `<template>` is emptied by Chromium, what is hidden is left
out by its single file, and the blanks of a text are joined by SingleFile.
"""

from __future__ import annotations

import base64
import bz2

from lfroadmap.roadmap import schema
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.schema import EMBEDDED as NAME
from lfroadmap.words import Language

_JSON_SAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def text(roadmap: Roadmap, language: Language, *, part: bool = False) -> str:
    """The roadmap as one line of JSON in which no sign can end a block or mean anything in HTML."""
    held = schema.document(roadmap, language, part=part)
    return json_text(held, compact=True).translate(_JSON_SAFE)


def block(text: str) -> str:
    """The JSON in an element that no browser runs or shows."""
    return f'<script type="application/json" id="{NAME}">{text}</script>'


def spare(text: str) -> str:
    """The same, packed, in an element of the head.

    Packed by bzip2, which gives the same bytes on every machine; zlib's depend on who built it.
    """
    packed = base64.b64encode(bz2.compress(text.encode(), 1)).decode()
    return f'<meta name="{NAME}" content="{packed}">'
