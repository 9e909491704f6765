"""The picture as programs that know nothing of each other draw it, compared by pixels."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from dashboards import busy, lived_in
from lfroadmap.export import ExportContext, render
from lfroadmap.export.picture_colors import Ink, inks
from lfroadmap.export.picture_parts import MARGIN, WIDTH
from lfroadmap.words import LANGUAGES, Language, words
from rasterizers import RASTERIZERS, chromium
from samples import TODAY, hostile

SVG = "{http://www.w3.org/2000/svg}"
SCALE = 4
"""Pixels of a side that are compared as one, since the edges of shapes differ."""
MARKS: tuple[Ink, ...] = ("late", "risk", "accent", "done", "high", "half", "low")

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_rasterizer = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.skipif(draw is None, reason=f"no {name} here"), *more])
        for name, draw in RASTERIZERS.items()
        for more in [[pytest.mark.proof] if name in ("libreoffice", "chromium") else []]
    ],
)


@cache
def svg(language: Language) -> str:
    roadmap = busy(language)
    return render(ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap)), "svg").decode()


@cache
def drawn(name: str, language: Language) -> Image.Image:
    draw = RASTERIZERS[name]
    assert draw is not None
    return draw(svg(language)).resize(size(language))


def size(language: Language) -> tuple[int, int]:
    root = ElementTree.fromstring(svg(language))
    return int(root.get("width", "")), int(root.get("height", ""))


def rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def has(image: Image.Image, color: str, near: int = 12) -> bool:
    """Whether some pixels are about so; programs differ in how they blend."""
    close = [
        channel.point([255 if abs(value - wanted) <= near else 0 for value in range(256)])
        for channel, wanted in zip(image.split(), rgb(color), strict=True)
    ]
    return ImageChops.darker(ImageChops.darker(close[0], close[1]), close[2]).histogram()[255] >= 20


def boxes(language: Language) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """Each text of the picture with the place that it begins in."""
    for text in ElementTree.fromstring(svg(language)).iter(f"{SVG}text"):
        x, y, high = (float(text.get(name, "")) for name in ("x", "y", "font-size"))
        left = x - 40 if text.get("text-anchor") == "end" else x - 2
        yield text.text or "", (int(left), int(y - high), int(left) + 42, int(y + high / 3))


@each_rasterizer
@each_language
@pytest.mark.quick_cases(2)
def test_every_program_draws_colors_and_texts_inside_the_picture(name: str, language: Language) -> None:
    image, day = drawn(name, language), inks("paper")
    assert image.getpixel((3, 3)) == rgb(day["page"])
    assert all(has(image, day[mark]) for mark in MARKS)
    ground = Image.new("RGB", image.size, rgb(day["page"]))
    inner = (3, 3, image.width - 3, image.height - 3)  # LibreOffice blends the edge with its own paper
    left, top, right, bottom = ImageChops.difference(image, ground).crop(inner).getbbox() or (0, 0, 0, 0)
    assert left >= MARGIN - 6 and right <= WIDTH - MARGIN
    assert top >= 8 and bottom <= image.height - 8
    for text, box in boxes(language):
        assert len(image.crop(box).getcolors(1 << 20) or []) > 3, text


@each_rasterizer
@each_language
def test_the_columns_of_texts_keep_off_the_drawing(name: str, language: Language) -> None:
    """Between the names and the lanes, and between these and the days, is nothing but ground."""
    image = drawn(name, language)
    lanes = [line for line in ElementTree.fromstring(svg(language)).iter(f"{SVG}line")
             if line.get("y1") == line.get("y2") and line.get("class") == "s-grid"]  # fmt: skip
    ends = sorted({float(lane.get(at, "")) for lane in lanes for at in ("x1", "x2")})
    top = min(float(lane.get("y1", "")) for lane in lanes) - 12
    bottom = max(float(lane.get("y1", "")) for lane in lanes) + 14
    for start, stop in ((ends[0] - 10, ends[0] - 2), (ends[-1] + 3, ends[-1] + 11)):
        strip = image.crop((int(start), int(top), int(stop), int(bottom)))
        assert strip.getcolors() == [(strip.width * strip.height, rgb(inks("paper")["page"]))]


@each_language
def test_all_of_them_draw_the_same(language: Language) -> None:
    """All but the texts, whose fonts and order are each program's own."""
    names = [name for name, draw in RASTERIZERS.items() if draw and name not in ("libreoffice", "chromium")]
    if len(names) < 2:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("fewer than two rasterizers here")
    width, height = size(language)
    place = (340, 140, width - 340, height - 90)
    coarse = ((place[2] - place[0]) // SCALE, (place[3] - place[1]) // SCALE)
    images = [drawn(name, language).crop(place).resize(coarse) for name in names]
    for first, second in pairwise(images):
        difference = ImageChops.difference(first, second).convert("L")
        far = sum(difference.histogram()[90:])
        assert far / (difference.width * difference.height) < 0.005


@pytest.mark.proof
@pytest.mark.skipif(RASTERIZERS["chromium"] is None, reason="no Chromium here")
@each_language
def test_a_browser_in_the_dark_has_the_colors_of_the_night(language: Language) -> None:
    image, night = chromium(svg(language), dark=True), inks("deep")
    assert image.getpixel((3, 3)) == rgb(night["page"])
    assert all(has(image, night[mark]) for mark in MARKS)


@each_language
def test_a_hostile_roadmap_is_drawn_too(language: Language) -> None:
    picture = render(ExportContext(hostile(), words(language), TODAY), "svg").decode()
    for name, draw in RASTERIZERS.items():
        if draw and name not in ("libreoffice", "chromium"):
            image = draw(picture)
            assert image.getpixel((3, 3)) == rgb(inks("paper")["page"])
            assert len(image.getcolors(1 << 20) or []) > 8
