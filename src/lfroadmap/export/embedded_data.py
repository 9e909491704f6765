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

from lfroadmap.export.markup import NOTHING, Html, data, fill
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.schema import EMBEDDED as NAME
from lfroadmap.roadmap.schema import PAGE_KIND
from lfroadmap.words import Language


def text(roadmap: Roadmap, language: Language, *, part: bool = False) -> Html:
    """The roadmap as one line of JSON in which no character can end a block or has a meaning in HTML."""
    document = schema.document(roadmap, language, part=part)
    return data(json_text(document, compact=True))


def block(text: Html) -> Html:
    """The JSON in an element that no browser runs or shows."""
    return fill('<script type="application/json" id="{name}">{text}</script>', name=NAME, text=text)


def spare(text: Html) -> Html:
    """The same, compressed, in an element of the head.

    It uses bzip2, which gives the same bytes on every machine; zlib's depend on its build.
    """
    packed = base64.b64encode(bz2.compress(text.encode(), 1)).decode()
    return fill('<meta name="{name}" content="{packed}">', name=NAME, packed=packed)


def page_kind(name: str) -> Html:
    """The kind of a page that carries no roadmap, for an import, which says so; empty for a roadmap's."""
    element = '<meta name="{name}" content="{kind}">'
    return fill(element, name=PAGE_KIND, kind=name) if name else NOTHING
