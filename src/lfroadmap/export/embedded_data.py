"""The JSON of a roadmap in a page: a block of data, and a compressed spare copy in plain letters.

The block is for programs and for import. Programs that save a page again may drop every script, including
the block (Chromium's and Edge's single file, SingleFile), use an encoding that lacks characters, break the
long line, or stop in the middle. Of all places for a spare copy only an attribute in the head survives in
everything that was tried: `<template>` is emptied by Chromium, hidden elements are dropped by its single
file, and the whitespace of a text is collapsed by SingleFile.
"""

from __future__ import annotations

import base64
import bz2

from lfroadmap.roadmap import schema
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.schema import EMBEDDED as NAME
from lfroadmap.words import Language

_JSON_SAFE = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})


def text(roadmap: Roadmap, language: Language, *, part: bool = False) -> str:
    """The roadmap as one line of JSON in which no character can end a block or has a meaning in HTML."""
    document = schema.document(roadmap, language, part=part)
    return json_text(document, compact=True).translate(_JSON_SAFE)


def block(text: str) -> str:
    """The JSON in an element that no browser runs or shows."""
    return f'<script type="application/json" id="{NAME}">{text}</script>'


def spare(text: str) -> str:
    """The same, compressed, in an element of the head.

    It uses bzip2, which gives the same bytes on every machine; zlib's depend on its build.
    """
    packed = base64.b64encode(bz2.compress(text.encode(), 1)).decode()
    return f'<meta name="{NAME}" content="{packed}">'
