"""What stands on the pages of a PDF, and where."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest


class Word(NamedTuple):
    """A word of a page, and how far from the left and from the top it stands, in points."""

    text: str
    x: float
    y: float


class Piece(NamedTuple):
    """Letters from left to right that pdftotext holds together, with their box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Piece) -> bool:
        """Whether the other one goes on where this one ends, with no blank between them."""
        height = self.bottom - self.top
        on_one_line = abs(self.top + self.bottom - other.top - other.bottom) < height
        return on_one_line and abs(other.left - self.right) < height / 12


def pages(path: Path) -> list[list[Word]]:
    """The words of each page, from its top down."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("no pdftotext here")
    ran = subprocess.run([program, "-bbox", str(path), "-"], check=True, capture_output=True, timeout=60)
    body = re.sub(rb"<!DOCTYPE.*?>|<head>.*?</head>", b"", ran.stdout, flags=re.DOTALL)
    return [
        sorted(map(word, joined([*map(piece, page)])), key=lambda each: each.y)
        for page in ElementTree.fromstring(body).iterfind(".//{*}page")
    ]


def piece(element: ElementTree.Element) -> Piece:
    """What pdftotext takes for a word."""
    box = (float(element.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax"))
    return Piece(element.text or "", *box)


def joined(pieces: list[Piece]) -> list[Piece]:
    """The words as they stand on paper: with some fonts pdftotext breaks one up at its signs."""
    whole: list[Piece] = []
    for each in sorted(pieces, key=lambda each: each.left):
        before = next((other for other in whole if other.touches(each)), None)
        if before is None:
            whole.append(each)
        else:
            whole[whole.index(before)] = before._replace(text=before.text + each.text, right=each.right)
    return whole


def word(found: Piece) -> Word:
    """A word in the order of reading."""
    text = found.text[::-1] if re.search("[א-ת]", found.text) else found.text
    return Word(text, found.left, found.top)


def first(text: str, page: list[Word], below: float = 0) -> Word:
    """The uppermost place where the first word of a text stands."""
    return next(each for each in page if each.text == text.split(maxsplit=1)[0] and each.y > below)
