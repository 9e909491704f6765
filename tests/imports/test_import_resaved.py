"""Our tables after LibreOffice saved them again, in English and in Hebrew: nothing has changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap.edits import SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.words import Language, words
from reading import read_tables
from samples import TODAY, sample
from sitting import template

OFFICE = shutil.which("soffice")
FORMATS = {"csv": ".csv", "csv-cards": "-cards.csv", "csv-kpis": "-kpis.csv", "xlsx": ".xlsx"}
LOCALE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
    "<value>{locale}</value></prop></item></oor:items>"
)
READ = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,{language},false,true,false,false,false,0,true"
"""CSV with commas in UTF-8, numbers and days found as in a language."""

pytestmark = [pytest.mark.proof, pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")]


def filled() -> Roadmap:
    """A roadmap with a value of each kind that a spreadsheet reads in its own way."""
    plan = template()
    first, second, *_ = plan.stages[0].cards[0].tasks
    fields = {field.role: field.id for field in plan.stages[0].cards[0].fields}
    for edit in (
        Tick(first.id, True, "2026-03-10"),
        SetTask(first.id, "due", "2026-04-05"),
        SetKpi(plan.kpis[1].id, "current", "007"),
        SetTask(second.id, "due", "2026-03-31"),
        SetTask(second.id, "owner", "דנה לוי"),
        SetField(fields["owner"], "Dana"),
        SetField(fields["deadline"], "2026-05-06"),
        SetField(fields["goals"], "Line one\nשורה שנייה\n- three"),
        SetKpi(plan.kpis[0].id, "baseline", "30"),
        SetKpi(plan.kpis[0].id, "target", "+10%"),
        SetKpi(plan.kpis[1].id, "target", "-15%"),
        SetKpi(plan.kpis[2].id, "target", "35%"),
        SetKpi(plan.kpis[2].id, "current", "1500000.5"),
        SetKpi(plan.kpis[3].id, "baseline", "12,5"),
    ):
        plan = edit.on(plan)
    return plan


def saved_again(folder: Path, locale: str) -> list[Path]:
    """The files as LibreOffice writes them, each as its own kind, and tables of text as workbooks too."""
    profile = folder / f"profile-{locale}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(LOCALE.format(locale=locale), "utf-8")
    head = [OFFICE or "", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    csv = READ.format(language={"he-IL": 1037, "en-US": 1033}[locale])
    made = []
    as_text = "csv:Text - txt - csv (StarCalc):44,34,76"
    for how, pattern, to in (([], "*.xlsx", "xlsx"), ([csv], "*.csv", as_text), ([csv], "*.csv", "xlsx")):
        into = folder / f"{locale}-{pattern[2:]}-{to[:4]}"
        files = sorted(map(str, folder.glob(pattern)))
        command = [*head, *how, "--convert-to", to, "--outdir", str(into), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        made += sorted(into.iterdir())
    return made


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("he", "he-IL")])
def test_what_libreoffice_saved_again_changes_nothing(
    tmp_path: Path, language: Language, locale: str
) -> None:
    plans = {"filled": filled(), "sample": sample(language)}
    for name, plan in plans.items():
        for wanted, end in FORMATS.items():
            data = render(ExportContext(plan, words(language), TODAY), wanted)
            (tmp_path / f"{name}{end}").write_bytes(data)
    files = saved_again(tmp_path, locale)
    assert len(files) == len(plans) * (len(FORMATS) * 2 - 1)
    for path in files:
        plan = plans[path.name.partition(".")[0].partition("-")[0]]
        file = read_tables(path, today=TODAY)
        result = import_tables(plan, file.tables, language, TODAY, lambda: "new")
        assert file.undecided is None, path
        assert [(path, row) for row in result.rows if row.outcome != "same"] == []
