"""Working on the calculators of cards by commands."""

import io
import json
import sys
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored, stored_card
from lfroadmap.roadmap.model import Calculator, Card

NAME = "acme"
IMPROVEMENT = "retention.improvement"
FUNNEL = f"{IMPROVEMENT}.funnel"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME, "--template", "sales-funnel")
    return tmp_path


def card(home: Path, ident: str = IMPROVEMENT) -> Card:
    return stored_card(home, NAME, ident)


def calculator(home: Path, ident: str = IMPROVEMENT, at: int = 0) -> Calculator:
    return card(home, ident).calculators[at]


def fill(capsys: Capture) -> None:
    for row, count in (("awareness", "1000"), ("interest", "200"), ("intent", "50"), ("purchase", "10")):
        good(capsys, "set", f"improvement.funnel.{row}.count", count)


# ------------------------------------------------------------------ cells


@pytest.mark.parametrize(
    "named",
    [
        "improvement.funnel.interest.count", f"{FUNNEL}.interest.count", f"{FUNNEL}.Interest.Count",
        "Measuring and.Funnel counts.Inter.count", "improvement.נתוני המשפך.התעניינות.כמות",
    ],
)  # fmt: skip
def test_a_cell_is_named_by_ids_and_by_words_of_either_language(
    home: Path, capsys: Capture, named: str
) -> None:
    said = good(capsys, "set", named, "1,200")
    assert said.endswith("Funnel counts · Interest · Count: 1,200\n")
    assert calculator(home).rows[1].count == "1,200"
    assert good(capsys, "set", named, "").endswith("Count: emptied, was 1,200\n")
    assert calculator(home).rows[1].count == ""


@pytest.mark.parametrize("named", ["improvement.funnel.interest", f"{FUNNEL}.interest"])
def test_a_row_without_a_column_is_refused_with_its_columns(home: Path, capsys: Capture, named: str) -> None:
    before = card(home)
    ran = run(capsys, "set", named, "200")
    assert ran.status == 2
    assert f"“{named}”" in ran.err and "name, count, rate" in ran.err
    assert card(home) == before


def test_the_name_of_a_row_is_a_cell_too(home: Path, capsys: Capture) -> None:
    good(capsys, "set", "improvement.funnel.interest.name", "Leads", "of", "May")
    assert calculator(home).rows[1].name == "Leads of May"


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (("set", "improvement.funnel.interest.count", "many"), 2, "It is no number"),
        (("set", "improvement.funnel.interest.rate", "300%"), 2, "from 0% to 100%"),
        (("set", "improvement.funnel.interest.value", "5"), 2, "Its columns: name, count, rate"),
        (("set", "improvement.funnel.nobody.count", "5"), 1, "no row “nobody”"),
        (("set", "improvement.nobody.interest.count", "5"), 1, "no calculator “nobody”"),
        (("set", "improvement.funnel.int.count", "5"), 2, "Intent"),
        (("calculator", "add", "X", "--card", "loyalty", "--kind", "table"), 2, "funnel, pipeline, unit"),
        (("calculator", "add", "X", "--card", "loyalty"), 2, "--kind"),
        (("calculator", "add", "--card", "loyalty", "--kind", "unit"), 2, "TITLE"),
        (("calculator", "add-row", "X"), 2, "--to"),
        (("calculator", "remove", "nobody"), 1, "no calculator “nobody”"),
        (("calculator", "burn", "funnel"), 2, "add-row"),
        (("calc", "--card", "loyalty"), 1, "no calculators"),
        (("calc", "--card", "nobody"), 1, "no card “nobody”"),
        (("calc", "funnel", "9", "3", "--card", "loyalty"), 2, "--card"),
        (("calc", "--card", "improvement", "--spend", "5"), 2, "--spend"),
        (("calc", "--in", NAME), 2, "funnel"),
    ],
)
@pytest.mark.quick_cases(5)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    home: Path, capsys: Capture, line: tuple[str, ...], status: int, said: str
) -> None:
    before = stored(home, NAME)
    ran = run(capsys, *line)
    assert (ran.status, stored(home, NAME)) == (status, before)
    assert said.casefold() in ran.err.casefold()


# ------------------------------------------------------------------ calculators and rows


def test_calculators_and_rows_are_added_renamed_and_removed(home: Path, capsys: Capture) -> None:
    ident = good(
        capsys, "calculator", "add", "Deals", "--card", "loyalty", "--kind", "pipeline", "--quiet"
    ).strip()
    row = good(capsys, "calculator", "add-row", "Acme", "--to", "loyalty.deals", "--quiet").strip()
    good(capsys, "set", f"{row}.stage", "Quote")
    good(capsys, "calculator", "rename-row", "deals.acme", "Acme", "Ltd")
    good(capsys, "calculator", "rename", ident, "Big", "deals")
    found = calculator(home, "retention.loyalty")
    assert (found.title, found.kind, found.rows[0].name, found.rows[0].stage) == (
        "Big deals", "pipeline", "Acme Ltd", "Quote",
    )  # fmt: skip
    ran = run(capsys, "calculator", "remove", "big", "deals")
    assert ran.status == 2 and "1 filled cell" in ran.err
    good(capsys, "calculator", "remove-row", row, "--yes")
    good(capsys, "calculator", "remove", "big", "deals")
    assert card(home, "retention.loyalty").calculators == ()
    trash = good(capsys, "bin", NAME)
    assert "calculator: Big deals" in trash
    good(capsys, "bin", NAME, "--restore", trash.split()[0])
    assert calculator(home, "retention.loyalty").title == "Big deals"


def test_lines_make_a_calculator_in_one_step(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        {"do": "add_calculator", "card": "loyalty", "kind": "unit", "title": "Channels", "id": "u"},
        {"do": "add_row", "calculator": "u", "name": "Ads", "id": "ads"},
        {"do": "set", "field": "ads.spend", "value": "500"},
        {"do": "rename_row", "row": "loyalty.channels.ads", "name": "Search"},
        {"do": "rename_calculator", "calculator": "loyalty.channels", "title": "By channel"},
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(json.dumps, lines))))
    good(capsys, "apply")
    found = calculator(home, "retention.loyalty")
    assert (found.title, [(row.name, row.spend) for row in found.rows]) == ("By channel", [("Search", "500")])
    gone = ({"do": "remove_row", "row": "ads"}, {"do": "remove_calculator", "calculator": "u"})
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(json.dumps, gone))))
    good(capsys, "apply")
    assert card(home, "retention.loyalty").calculators == ()


# ------------------------------------------------------------------ results


def test_a_cards_calculator_is_printed_as_the_same_numbers_are(home: Path, capsys: Capture) -> None:
    fill(capsys)
    printed = good(capsys, "calc", "--card", "improvement")
    counts = ("Awareness=1000", "Interest=200", "Intent=50", "Purchase=10")
    alone = good(capsys, "calc", "funnel", *counts)
    for line in alone.splitlines()[1:]:
        assert line in printed
    (found,) = json.loads(good(capsys, "calc", "--card", "improvement", "--json"))["calculators"]
    assert found["results"] == [json.loads(good(capsys, "calc", "funnel", *counts, "--json"))]
    assert [(each["name"], each["value"]) for each in found["figures"]] == [
        ("overall", 0.01), ("rate-1", 0.2), ("rate-2", 0.25), ("rate-3", 0.2), ("end", 10),
    ]  # fmt: skip


def test_a_step_is_named_by_the_stage_that_it_leads_to(home: Path, capsys: Capture) -> None:
    counts = ("Leads=100", "Quotes=50", "Deals=10")
    by_name = good(capsys, "calc", "funnel", *counts, "--what-if", "deals=40%; Quotes=60%", "--json")
    assert by_name == good(capsys, "calc", "funnel", *counts, "--what-if", "2=40%;1=60%", "--json")
    assert json.loads(by_name)["what_if"]["end"] == 24
    ran = run(capsys, "calc", "funnel", "A=9", "B=5", "B=1", "--what-if", "b=40%")
    assert (ran.status, "by its number" in ran.err) == (2, True)


def test_the_history_and_the_comparison_name_cell_row_and_calculator(home: Path, capsys: Capture) -> None:
    good(capsys, "snapshot", NAME, "--save", "first")
    good(capsys, "set", "improvement.funnel.interest.count", "200")
    good(capsys, "set", "improvement.funnel.interest.count", "250")
    sentence = "Funnel counts · Interest · Count: 200 → 250"
    assert sentence in good(capsys, "history", NAME)
    assert "נתוני המשפך · התעניינות · כמות" in good(capsys, "history", NAME, "--lang", "he")
    assert "Interest · Count" in good(capsys, "diff", "first", "--of", NAME)
    (cell,) = json.loads(good(capsys, "diff", "first", "now", "--of", NAME, "--json"))["cells"]
    assert (cell["row"], cell["column"], cell["before"], cell["after"]) == ("Interest", "count", "", "250")


# ------------------------------------------------------------------ deals


def test_a_table_of_deals_comes_in_once_and_is_brought_up_to_date(home: Path, capsys: Capture) -> None:
    good(capsys, "calculator", "add", "Deals", "--card", "loyalty", "--kind", "pipeline")
    Path("deals.csv").write_text("Deal,Stage,Value,Color\nAcme,Quote,1000,red\nBeta,Won,500,\n", "utf-8")
    ran = run(capsys, "import", "deals.csv", "--into-calculator", "loyalty")
    assert ran.status == 2 and "Rows added" in ran.out and "Color" in ran.out and "--yes" in ran.err
    good(capsys, "import", "deals.csv", "--into-calculator", "loyalty", "--yes")
    Path("deals.csv").write_text("Deal,Stage,Value\nAcme,Won,1000\nBeta,Won,500\nCara,Lead,7\n", "utf-8")
    good(capsys, "import", "deals.csv", "--into-calculator", "loyalty.deals", "--into", NAME, "--yes")
    rows = calculator(home, "retention.loyalty").rows
    assert [(row.name, row.stage, row.value) for row in rows] == [
        ("Acme", "Won", "1000"), ("Beta", "Won", "500"), ("Cara", "Lead", "7"),
    ]  # fmt: skip
    again = good(capsys, "import", "deals.csv", "--into-calculator", "loyalty", "--yes")
    assert "Nothing to change" in again


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (("--into-calculator", "improvement"), 1, "no pipeline calculator"),
        (("--into-calculator", "improvement.funnel"), 1, "kind pipeline"),
        (("--into-calculator", "nobody"), 1, "no calculator “nobody”"),
        (("--into-calculator", "improvement", "--card", "x"), 2, "--card"),
    ],
)
def test_deals_that_have_no_place_are_refused(
    home: Path, capsys: Capture, line: tuple[str, ...], status: int, said: str
) -> None:
    Path("deals.csv").write_text("Deal,Stage,Value\nAcme,Quote,1000\n", "utf-8")
    before = stored(home, NAME)
    ran = run(capsys, "import", "deals.csv", *line)
    assert (ran.status, stored(home, NAME)) == (status, before)
    assert said in ran.err


def test_taken_and_copied_calculators_have_ids_of_their_own_and_words_of_both_languages(
    home: Path, capsys: Capture
) -> None:
    for _ in range(2):
        good(capsys, "take", "sales-pipeline.close.forecast", "--stage", "purchase", "--into", NAME)
    taken = [
        card for stage in stored(home, NAME).stages for card in stage.cards if "forecast" in card.words_from
    ]
    assert len(taken) == 2
    ids = [node.id for card in taken for each in card.calculators for node in (each, *each.rows)]
    assert len(set(ids)) == len(ids) == 2 * (2 + 5)
    for language, title in (("en", "Pipeline by stage"), ("he", "צינור המכירות לפי שלב")):
        assert good(capsys, "calc", "--card", taken[1].id, "--lang", language).startswith(title)
