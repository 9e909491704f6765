"""The workbook as other programs open it."""

from __future__ import annotations

import builtins
import csv
import io
import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS, Snapshot, render
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Language, words
from samples import EVIL, TODAY, hostile, sample

OFFICE = shutil.which("soffice")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def written(language: Language = "en", *, evil: bool = False) -> bytes:
    return render(Snapshot(hostile() if evil else sample(language), words(language), TODAY), "xlsx")


def opened(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars and checkboxes are unknown to this reader
        return openpyxl.load_workbook(io.BytesIO(data))


@each_language
def test_three_named_tables_and_an_overview(language: Language) -> None:
    book = opened(written(language))
    told = words(language)
    assert book.sheetnames == [told(f"sheet.{name}") for name in ("overview", "cards", "tasks", "kpis")]
    assert [[*sheet.tables] for sheet in book] == [[], ["Cards"], ["Tasks"], ["KPIs"]]
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {language == "he"}
    assert [sheet.freeze_panes for sheet in book] == [None, "A2", "A2", "A2"]
    assert all(sheet.column_dimensions["A"].hidden for sheet in book.worksheets[1:])


def test_cells_have_the_type_of_what_they_say() -> None:
    _, cards, tasks, kpis = opened(written()).worksheets
    assert cards["E2"].value == datetime(2026, 3, 1) and cards["E2"].number_format == "yyyy-mm-dd"
    assert (cards["F2"].value, cards["F2"].number_format) == (0.33, "0%")
    assert [tasks[f"E{row}"].value for row in range(2, 6)] == [True, False, False, True]
    assert (kpis["D2"].value, kpis["E2"].value, kpis["K2"].value) == (20, "+20% a quarter", 0.75)


def test_ticks_are_checkboxes_and_shares_have_bars() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        names = parts.namelist()
        cards = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "xl/featurePropertyBag/featurePropertyBag.xml" in names
    assert cards.count("<dataBar>") == 1
    assert cards.count('type="cellIs"') == 3


@each_language
def test_nothing_typed_is_a_formula_or_a_link(language: Language) -> None:
    data = written(language, evil=True)
    for sheet in opened(data):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "b", "d"}
        assert [cell.coordinate for row in sheet for cell in row if cell.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not re.search("<f>|<hyperlink", "".join(sheets))


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    assert written("he") == written("he")


def test_without_the_library_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *rest: object) -> ModuleType:
        if name == "xlsxwriter":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(RoadmapError) as caught:
        written()
    assert "lfroadmap[xlsx]" in words("en").error(caught.value)
    assert render(Snapshot(sample("en"), words("en"), TODAY), "csv")
    assert "xlsx" in FORMATS


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")
@each_language
def test_libreoffice_reads_the_tasks(language: Language, tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(written(language, evil=True))
    tasks = 3  # the sheet's number
    command = [
        OFFICE or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{tasks}",
        "--outdir", str(tmp_path), str(tmp_path / "plan.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = tmp_path.glob("*.csv")
    _, *rows = csv.reader(io.StringIO(made.read_text("utf-8"), newline=""))
    assert [row[3] for row in rows] == [clean(evil) for evil in EVIL]
    assert [row[4] for row in rows] == ["TRUE" if n % 2 else "FALSE" for n in range(len(EVIL))]
