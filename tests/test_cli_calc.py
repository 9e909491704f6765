"""`calc`: its numbers, its tables, its errors, and its reports as a terminal shows them.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/test_cli_calc.py` writes the pictures
again; look at the difference before it is kept.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.cli.calculating import ROWS, VERBS
from lfroadmap.cli.completing import VALUES
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language
from terminal import Terminal, environment

GOLDEN = Path(__file__).with_name("golden_calc")
WIDTH = 92
UNIT = ("unit", "--spend", "5000", "--customers", "50", "--value", "30", "--months", "12")
DEALS = {
    "en": """Deal,Stage,Amount,Probability,Days in stage,Owner
Acme,Lead,"1,000",10,5,Dana
Northern Bank,Quote,5000,40,31,Eli
Gamma,Negotiation,8000.50,70,12,Eli
Delta,Quote,,40,,Eli
Epsilon,Closed won,4000,,2,Dana
Zeta,Lost,3000,,4,Dana
Eta,Quote,1.000,0.4,-3,
Theta,,500,40,3,
""",
    "he": """שם עסקה,שלב,סכום,הסתברות,ימים בשלב,אחראית
אקמה,ליד,"1,000",10,5,דנה
בנק הצפון,הצעה,5000,40,31,אלי
גמא,משא ומתן,8000.50,70,12,אלי
דלתא,הצעה,,40,,אלי
אפסילון,זכייה,4000,,2,דנה
זטא,הפסד,3000,,4,דנה
אטא,הצעה,1.000,0.4,-3,
תטא,,500,40,3,
""",
}
STAGES = {
    "en": "Stage,Deals,Value,Probability,Days\nLead,100,100000,5%,3\nQuote,50,90000,30%,14\n"
    "Close,10,40000,100%,2\n",
    "he": "שלב,עסקאות,ערך,הסתברות,ימים\nליד,100,100000,5%,3\nהצעה,50,90000,30%,14\nסגירה,10,40000,100%,2\n",
}
FUNNEL = {
    "en": ("visitors=1000", "leads=200", "quotes=50", "customers=10", "referrals=15"),
    "he": ("מבקרים=1000", "לידים=200", "הצעות=50", "לקוחות=10", "המלצות=15"),
}
PRINTED = ("funnel", "pipeline", "stages", "unit")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    for language in LANGUAGES:
        Path(f"deals.{language}.csv").write_text(DEALS[language], "utf-8")
        Path(f"stages.{language}.csv").write_text(STAGES[language], "utf-8")
    return tmp_path


def line(what: str, language: Language) -> tuple[str, ...]:
    """The command whose report is looked at."""
    named = {
        "funnel": ("funnel", *FUNNEL[language], "--what-if", "1=25%"),
        "pipeline": ("pipeline", f"deals.{language}.csv"),
        "stages": ("pipeline", f"stages.{language}.csv"),
        "unit": UNIT,
    }
    return ("calc", *named[what], "--lang", language)


def as_json(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(good(capsys, "calc", *argv, "--json"))


# ------------------------------------------------------------------ what is printed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", PRINTED)
@pytest.mark.quick_cases(3)
def test_a_terminal_shows_the_report_that_was_looked_at(home: Path, what: str, language: Language) -> None:
    argv = [sys.executable, "-m", "lfroadmap", *line(what, language), "--bidi", "plain"]
    with Terminal(argv, environment(home), columns=WIDTH, lines=90, cwd=home / "here") as terminal:
        assert terminal.wait_exit() == 0
        text = "\n".join(shown.rstrip() for shown in terminal.screen.display).rstrip() + "\n"
    golden = GOLDEN / f"{what}.{language}.txt"
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_begin_at_the_side_where_reading_begins(language: Language) -> None:
    golden = (GOLDEN / f"funnel.{language}.txt").read_text("utf-8").splitlines()
    bars = [shown for shown in golden if "━" in shown and "─" in shown]
    assert len(bars) == 4
    for shown in bars:
        is_from_the_left = shown.index("━") < shown.index("─")
        assert is_from_the_left == (language == "en")


# ------------------------------------------------------------------ the figures


def test_the_funnel_of_the_example(capsys: Capture) -> None:
    found = as_json(capsys, "funnel", "1,000", "200", "50", "10")
    assert (found["rates"], found["losses"], found["overall"]) == ([0.2, 0.25, 0.2], [800, 150, 40], 0.01)
    assert found["weakest"] == {"step": 1, "from": "1", "to": "2", "rate": 0.2, "loss": 800}
    assert (found["growing"], found["what_if"]) == ([], None)


@pytest.mark.parametrize("changed", ["1=25%", "1=0.25", "1=25", " 1 = 25 % "])
def test_another_rate_gives_the_new_end_and_the_gain(capsys: Capture, changed: str) -> None:
    found = as_json(capsys, "funnel", "1000", "200", "50", "10", "--what-if", changed)
    assert found["what_if"] == {"rates": [0.25, 0.25, 0.2], "end": 12.5, "gain": 2.5}


def test_several_rates_are_changed_at_once(capsys: Capture) -> None:
    found = as_json(capsys, "funnel", "1000", "200", "50", "10", "--what-if", "1=50%;3=100%")
    assert found["what_if"] == {"rates": [0.5, 0.25, 1], "end": 125, "gain": 115}


def test_counts_that_grow_and_counts_of_nobody(capsys: Capture) -> None:
    found = as_json(capsys, "funnel", "0", "5", "10", "10")
    assert (found["rates"], found["losses"]) == ([None, 2, 1], [-5, -5, 0])
    assert (found["overall"], found["weakest"], found["growing"]) == (None, None, [1, 2])
    assert "Step 2 grows: 5 more after it" in good(capsys, "calc", "funnel", "0", "5", "10")


def test_the_pipeline_of_the_example(capsys: Capture) -> None:
    found = as_json(capsys, "pipeline", "stages.en.csv")
    assert [stage["reached"] for stage in found["stages"]] == [100, 50, 10]
    assert (found["rates"], found["success_rate"], found["weakest"]["step"]) == ([0.5, 0.2], 0.1, 2)
    assert found["longest_stay"] == {"stage": "Quote", "days": 14}
    assert (found["value"], found["forecast"]) == (230000, 72000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_deals_is_the_same_in_both_languages(capsys: Capture, language: Language) -> None:
    found = as_json(capsys, "pipeline", f"deals.{language}.csv")
    assert [found[name] for name in ("open", "won", "lost")] == [4, 1, 1]
    assert [found[name] for name in ("value", "weighted", "forecast")] == [18000.5, 7700.35, 11700.35]
    assert [(cell["row"], cell["column"], cell["why"]) for cell in found["bad"]] == [
        (8, "value", "ambiguous"), (8, "probability", "mixed_shares"), (8, "days", "negative"),
        (9, "stage", "no_stage"),
    ]  # fmt: skip
    assert found["without"] == {"value": 1, "probability": 0, "days": 1}
    assert found["probabilities"] == "percent"


def test_unit_economics_of_the_example(capsys: Capture) -> None:
    found = as_json(capsys, *UNIT)
    assert {name: found[name] for name in ("cac", "ltv", "ratio", "payback", "roi", "paid_back")} == {
        "cac": 100, "ltv": 360, "ratio": 3.6, "payback": 3.33, "roi": 2.6, "paid_back": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"--customers": "0"}, "Without new customers"),
        ({"--spend": "0"}, "Nothing was spent"),
        ({"--value": "0"}, "A customer brings nothing"),
        ({"--months": "3"}, "leaves before"),
    ],
)
def test_what_cannot_be_calculated_is_said(capsys: Capture, given: dict[str, str], message: str) -> None:
    pairs = dict(zip(UNIT[1::2], UNIT[2::2], strict=True)) | given
    assert message in good(capsys, "calc", "unit", *(word for pair in pairs.items() for word in pair))


def test_the_standard_input_is_read_and_columns_and_stages_are_named(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b'[{"who": "Acme", "where": "b", "ARR": 5}, {"who": "Beta", "where": "a", "ARR": 7}]'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False))
    found = as_json(capsys, "pipeline", "-", "--map", "name=who,stage=where,value=ARR", "--order", "a, b, c")
    assert [(stage["stage"], stage["reached"]) for stage in found["stages"]] == [("a", 2), ("b", 1), ("c", 0)]
    assert [deal["name"] for deal in found["deals"]] == ["Acme", "Beta"]


def test_long_lists_are_cut_in_print_and_whole_in_json(capsys: Capture) -> None:
    lines = [
        "Deal,Stage,Value",
        *(f"deal {n},stage {n},{n}" for n in range(ROWS + 5)),
        *["x,,5"] * (ROWS + 7),
    ]
    Path("many.csv").write_text("\n".join(lines), "utf-8")
    printed = good(capsys, "calc", "pipeline", "many.csv")
    assert printed.count("… and 5 more") == 3 and printed.count("… and 7 more") == 1
    found = as_json(capsys, "pipeline", "many.csv")
    assert (len(found["deals"]), len(found["stages"]), len(found["bad"])) == (ROWS + 5, ROWS + 5, ROWS + 7)


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ((), "“calc” needs funnel|pipeline|unit"),
        (("flow",), "It knows: funnel, pipeline, unit"),
        (("funnel",), "needs at least two counts"),
        (("funnel", "1000"), "needs at least two counts"),
        (("funnel", "1000", "1.000"), "COUNT “1.000”: It may be a thousand or a decimal"),
        (("funnel", "1000", "-5"), "It is below zero"),
        (("funnel", "1000", "12.5"), "It is not whole"),
        (("funnel", "1000", "20%"), "It is a percentage"),
        (("funnel", "1000", "leads="), "“leads=” is no count with a name"),
        (("funnel", "1000", "=5"), "“=5” is no count with a name"),
        (("funnel", "100", "0", "50", "--what-if", "2=50%"), "Nobody comes to step 2"),
        (("funnel", "a=10", "b=5", "--what-if", "c=50%"), "(1: a → b)"),
        ((*UNIT, "--spend", "$100", "--value", "€5"), "in several currencies ($, €)"),
        ((*UNIT, "--months", "5 days"), "The unit beside it does not fit"),
        (("funnel", "1000", "many"), "It is no number"),
        (("funnel", "1000", "9" * 40), "too large"),
        (("funnel", "10", "5", "--what-if", "2=50%"), "The steps are 1 to 1"),
        (("funnel", "10", "5", "--what-if", "50%"), "“50%” is none"),
        (("funnel", "10", "5", "--what-if", "1=50%;1=20%"), "each once"),
        (("funnel", "10", "5", "--what-if", "1=150%"), "It is not from 0% to 100%"),
        (("funnel", "10", "5", "--spend", "5"), "“calc funnel” does not know “--spend”"),
        (("unit", "--spend", "5"), "“calc unit” needs --customers"),
        ((*UNIT, "more"), "“calc unit” does not know “more”"),
        ((*UNIT, "--value", "-3"), "--value “-3”: It is below zero"),
        ((*UNIT, "--customers", "1.5"), "--customers “1.5”: It is not whole"),
        (("pipeline",), "“calc pipeline” needs FILE"),
        (("pipeline", "deals.en.csv", "more"), "“calc pipeline” does not know “more”"),
        (("pipeline", "deals.en.csv", "--map", "owner=Owner"), "The columns are: name, stage, value"),
        (("pipeline", "deals.en.csv", "--map", "stage=Nowhere"), "The file has no headings"),
        (("pipeline", "deals.en.csv", "--order", "Lead,Quote"), "leaves out stages that the table has"),
        (("pipeline", "deals.en.csv", "--order", ","), "leaves out stages that the table has: Lead"),
        (
            ("pipeline", "deals.en.csv", "--order", "Lead\rQuote"),
            "leaves out stages that the table has: Lead",
        ),
        (("pipeline", "deals.en.csv", "--order", "Lead,lead"), "names the stage “lead” twice"),
    ],
)
@pytest.mark.quick_cases(9)
def test_what_is_not_understood_is_answered_with_what_to_do(
    capsys: Capture, argv: tuple[str, ...], message: str
) -> None:
    ran = run(capsys, "calc", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err and "lfroadmap --help" in ran.err
    assert run(capsys, "calc", *argv, "--lang", "he").status == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "none.csv"),
        ("tasks.csv", b"Task,Due\nCall,2026-01-01\n", "Its headings are: Task, Due"),
        ("page.html", b"<html></html>", "It is no table of deals"),
        ("empty.csv", b"", "It is empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_and_where(
    capsys: Capture, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    ran = run(capsys, "calc", "pipeline", name)
    assert (ran.status, ran.out) == (1, "")
    assert message in ran.err and "Nothing was calculated from" in ran.err


def test_a_table_of_which_no_row_counts_fails_and_says_why(capsys: Capture) -> None:
    Path("bad.csv").write_text("Deal,Stage,Value\nAcme,Lead,many\n", "utf-8")
    ran = run(capsys, "calc", "pipeline", "bad.csv")
    assert ran.status == 1 and "row 2" in ran.out and "many" in ran.out


# ------------------------------------------------------------------ lists that agree


def test_the_calculators_are_the_same_everywhere(capsys: Capture) -> None:
    assert [each["properties"]["kind"]["const"] for each in SCHEMAS["calc"]()["oneOf"]] == [*VERBS, "card"]
    assert [each.value for each in VALUES["calculator"](None)] == [*VERBS]  # type: ignore[arg-type]
    assert not list(Path("../data").rglob("*"))  # no roadmap is made
