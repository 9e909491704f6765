"""The page on paper, as a browser lays it out; what a phone folds is nowhere else out of sight."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboards import NOW, busy, lived_in
from lfroadmap.export import ExportContext, render
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.pdf import maker, pdf
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import words
from lines import sample_history
from pages import tree
from printed import pages
from samples import TODAY

PLAN = busy("en")


def exported(roadmap: Roadmap = PLAN) -> str:
    context = ExportContext(
        roadmap,
        words("en"),
        TODAY,
        moment=NOW,
        activity=lived_in(roadmap),
        history=sample_history("en"),
    )
    return render(context, "html").decode()


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words of each printed page, in one line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LFROADMAP_PROGRAMS", raising=False)
        return printed_paper(tmp_path_factory)


def printed_paper(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    browsers = ("chromium", "google-chrome", "chrome")
    if not any(map(shutil.which, browsers)) or maker().name == "LibreOffice":
        pytest.skip("no browser here")
    path: Path = tmp_path_factory.mktemp("paper") / "page.pdf"
    path.write_bytes(pdf(exported(), ExportProgress()))
    return [" ".join(word.text for word in page) for page in pages(path)]


@pytest.mark.proof
def test_the_first_page_is_the_first_screen(paper: list[str]) -> None:
    first, second, *_ = paper
    for part in ("Late, with", "Next 14 days", "KPIs", "best"):
        assert part in first
    assert "Done week by week" not in first and "Done week by week" in second


@pytest.mark.proof
def test_the_heading_of_a_stage_is_followed_by_its_cards_on_its_page(paper: list[str]) -> None:
    """Two columns of cards are mixed line by line in the words of a page; few words follow a lone heading."""
    labels = Labels(PLAN.template, "en")
    for stage in PLAN.stages:
        title, first = labels.of(stage), labels.of(stage.cards[0]).split()[0]
        (behind,) = [page.partition(title)[2].split() for page in paper[1:] if title in page]
        assert first in behind and len(behind) > 40, title


def test_what_a_phone_folds_stands_beside_its_summary_and_not_in_it() -> None:
    page = tree(exported())
    folded = page.all("details", kind="past")
    assert len(folded) >= 2  # done tasks, and the history
    for each in folded:
        assert each.all("table") == [] and each.all("li") == []
    style = exported().split("<style>")[1].split("</style>")[0]
    assert "::details-content" not in style
    phone = style.split("@media screen and (max-width:40rem){")[1]
    assert style.count(".past:not([open])+div{display:none}") == 1
    assert phone.index(".past:not([open])") < phone.index("@media print")
