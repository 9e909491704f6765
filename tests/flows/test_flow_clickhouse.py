"""Measuring a table in ClickHouse, beside the same events in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clickhouse_server import Server, serving
from commanding import Capture, at_home, good, run, stored
from lfroadmap.roadmap.flow_figures import read_figures
from lfroadmap.words import LANGUAGES, Language


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "UTC")
    for name in ("USER", "PASSWORD"):
        monkeypatch.delenv(f"CLICKHOUSE_{name}", raising=False)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    good(capsys, "measure", "--sample", "sample.csv")
    return tmp_path


@pytest.fixture
def server(home: Path) -> Iterator[str]:
    """The address of a server with the sample in it and two bad rows."""
    with serving() as address:
        yield address


def test_a_table_on_a_server_has_the_measures_of_the_same_file(
    home: Path, server: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKHOUSE_USER", "dana")
    monkeypatch.setenv("CLICKHOUSE_PASSWORD", "secret")
    argv = ("--steps", "visit,quote,purchase", "--json")
    there = json.loads(good(capsys, "measure", server, *argv))
    here = json.loads(good(capsys, "measure", "sample.csv", *argv))
    assert there["measures"].keys() == here["measures"].keys()
    for id, measure in here["measures"].items():
        if isinstance(measure, dict) and "value" in measure:
            assert there["measures"][id]["value"] == pytest.approx(measure["value"]), id
    assert there["measures"]["entry_points"] == here["measures"]["entry_points"]
    assert [(each["reason"], each["count"]) for each in there["reading"]["bad"]] == [
        ("no_customer", 1),
        ("no_time", 1),
    ]
    assert "secret" not in "".join(Server.asked)
    assert all(
        query.startswith(("WITH events AS (", "DESCRIBE", "SELECT fault, count(*)")) for query in Server.asked
    )


def test_credentials_are_in_a_file_that_is_the_owners_alone(home: Path, server: str, capsys: Capture) -> None:
    secrets = home / "config" / "clickhouse.toml"
    secrets.parent.mkdir(exist_ok=True)
    secrets.write_text('user = "dana"\npassword = "secret"\n', "utf-8")
    secrets.chmod(0o644)
    ran = run(capsys, "measure", server)
    assert ran.status == 1 and "chmod 600" in ran.err and "secret" not in ran.err.replace(str(secrets), "")
    secrets.chmod(0o600)
    assert "310" in good(capsys, "measure", server)
    secrets.write_text("user = 5", "utf-8")
    assert "no TOML" in run(capsys, "measure", server).err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_server_says_is_shown(home: Path, server: str, capsys: Capture, language: Language) -> None:
    ran = run(capsys, "measure", server, "--lang", language)
    assert ran.status == 1 and "Authentication failed" in ran.err and "more" not in ran.err
    ran = run(capsys, "measure", "clickhouse://127.0.0.1:9/shop/events", "--lang", language)
    assert ran.status == 1 and "127.0.0.1:9" in ran.err


def test_no_other_address_is_sent_the_password(
    home: Path, server: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKHOUSE_USER", "dana")
    monkeypatch.setenv("CLICKHOUSE_PASSWORD", "secret")
    ran = run(capsys, "measure", server.replace("/shop/", "/elsewhere/"))
    assert ran.status == 1 and "302" in ran.err


@pytest.mark.parametrize(
    ("source", "more", "message"),
    [
        ("clickhouse://dana:secret@localhost/a/b", (), "CLICKHOUSE_PASSWORD"),
        ("clickhouse://localhost/a", (), "clickhouse://HOST:8123/DATABASE/TABLE"),
        ("clickhouse://localhost:x/a/b", (), "clickhouse://HOST:8123/DATABASE/TABLE"),
        ("clickhouse://localhost/a/b", ("sample.csv",), "sample.csv"),
        ("clickhouse://localhost/a/b", ("--rejects", "r.csv", "--at-risk", "r.csv"), "r.csv"),
    ],
)
def test_an_address_that_is_none_is_refused(
    home: Path, capsys: Capture, source: str, more: tuple[str, ...], message: str
) -> None:
    ran = run(capsys, "measure", source, *more)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err and "secret" not in ran.err


@pytest.fixture
def dana(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The credentials that the server takes."""
    monkeypatch.setenv("CLICKHOUSE_USER", "dana")
    monkeypatch.setenv("CLICKHOUSE_PASSWORD", "secret")


@pytest.mark.usefixtures("dana")
def test_lists_of_customers_are_those_of_the_same_file(home: Path, server: str, capsys: Capture) -> None:
    lists = ("at-risk", "ready", "paths", "cohorts")
    for source, folder in ((server, "there"), ("sample.csv", "here")):
        Path(folder).mkdir()
        argv = [part for name in lists for part in (f"--{name}", f"{folder}/{name}.csv")]
        ran = run(
            capsys,
            "measure",
            source,
            "--tz",
            "UTC",
            "--as-of",
            "2026-05-01",
            "--weights",
            "visit=50,click=50",
            *argv,
        )
        assert ran.status == 0 and ran.err.count("\n") == len(lists)
    for name in lists:
        here, there = (Path(folder, f"{name}.csv").read_text("utf-8-sig") for folder in ("here", "there"))
        assert there == here and len(here.splitlines()) > 1, name


@pytest.mark.usefixtures("dana")
def test_ids_of_one_customer_are_joined_as_those_of_files(home: Path, server: str, capsys: Capture) -> None:
    names = sorted({line.split(",")[0] for line in Path("sample.csv").read_text().splitlines()[1:]})
    pairs = [(names[0], 'דנה\'s \\ "one"'), (names[1], 'דנה\'s \\ "one"'), ("nobody", "x")]
    table = ["id,customer", *(f'{one},"{who.replace(chr(34), chr(34) * 2)}"' for one, who in pairs)]
    Path("ids.csv").write_text("\n".join(table), "utf-8")
    argv = ("--identities", "ids.csv", "--tz", "UTC", "--json")
    there, here = (json.loads(good(capsys, "measure", source, *argv)) for source in (server, "sample.csv"))
    identities = there["reading"]["identities"]
    assert (identities["matched"], identities["ids"]) == (2, 3)
    assert identities["unmatched"] == here["reading"]["identities"]["unmatched"] + 1  # of the bad row
    assert there["measures"]["customers"]["value"] == here["measures"]["customers"]["value"] == len(names) - 1
    for id, measure in here["measures"].items():
        if isinstance(measure, dict) and "value" in measure:
            assert there["measures"][id]["value"] == pytest.approx(measure["value"]), id
    assert run(capsys, "measure", server, "--identities", "ids.csv", "--paths", "paths.csv").status == 0
    assert 'דנה\'s \\ ""one""' in Path("paths.csv").read_text("utf-8-sig")


@pytest.mark.usefixtures("dana")
def test_rows_that_are_no_events_are_told_and_written_out(home: Path, server: str, capsys: Capture) -> None:
    Server.database.execute("ALTER TABLE events_of_shop ALTER value TYPE VARCHAR")
    far = "'1000-01-01 00:00:00+00'"
    Server.database.execute(
        "INSERT INTO events_of_shop (customer, time, kind, value) VALUES ('c', now(), 'x', 'twelve'),"
        f" ('d', now(), 'x', ' '), ('e', now(), '', '1'), ('f', {far}, 'x', '1'), ('g', now(), 'x', 'nan')"
    )
    ran = run(capsys, "measure", server, "--rejects", "bad.csv", "--json")
    assert ran.status == 0 and "bad.csv" in ran.err
    found = json.loads(ran.out)["reading"]
    assert {each["reason"]: each["count"] for each in found["bad"]} == {
        "no_customer": 1, "no_kind": 1, "no_time": 1, "time_range": 1, "number": 2
    }  # fmt: skip
    assert found["rows"] == found["events"] + found["bad_rows"] == found["events"] + 6
    examples = {each["reason"]: each["example"] for each in found["bad"]}
    assert examples["number"] == "nan" and examples["no_time"] == "c · x · —"
    lines = Path("bad.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 7 and "secret" not in "".join(lines)
    assert sum(line.endswith(",twelve") for line in lines) == 1


@pytest.mark.usefixtures("dana")
def test_a_preview_says_how_a_table_is_read_and_what_can_be_chosen(
    home: Path, server: str, capsys: Capture
) -> None:
    Server.database.execute("ALTER TABLE events_of_shop ADD plan VARCHAR DEFAULT 'gold'")
    Server.database.execute("UPDATE events_of_shop SET plan = 'silver' WHERE kind = 'purchase'")
    found = json.loads(good(capsys, "measure", server, "--dry-run", "--json"))
    assert found["measures"] is None and found["reading"]["segments"] == {"plan": ["gold", "silver"]}
    assert found["reading"]["channels"]
    assert "silver" in good(capsys, "measure", server, "--dry-run")


@pytest.mark.usefixtures("dana")
@pytest.mark.parametrize(
    "argv",
    [("--channel", "ads"), ("--segment", "plan=silver"), ("--since", "2026-03-01"), ("--period", "30")],
)
@pytest.mark.quick_cases(1)
def test_filters_and_the_period_before_are_as_of_the_same_file(
    home: Path, server: str, capsys: Capture, argv: tuple[str, ...]
) -> None:
    Server.database.execute("ALTER TABLE events_of_shop ADD plan VARCHAR")
    Server.database.execute(
        "UPDATE events_of_shop SET plan = CASE WHEN customer < 'm' THEN 'gold' ELSE 'silver' END"
        " WHERE customer IS NOT NULL AND time IS NOT NULL"
    )
    Server.database.execute(
        "COPY (SELECT * FROM events_of_shop WHERE plan IS NOT NULL) TO 'plans.csv' (HEADER)"
    )
    if argv[0] == "--channel":
        (channel,) = Server.database.execute(
            "SELECT channel FROM events_of_shop WHERE channel IS NOT NULL ORDER BY customer, time LIMIT 1"
        ).fetchall()[0]
        argv = ("--channel", channel)
    if argv[0] == "--segment":
        (plan,) = Server.database.execute("SELECT max(plan) FROM events_of_shop").fetchall()[0]
        argv = ("--segment", f"plan={plan}")
    there, here = (
        json.loads(good(capsys, "measure", source, "--tz", "UTC", *argv, "--json"))
        for source in (server, "plans.csv")
    )
    assert there["parameters"] == here["parameters"]
    for part in ("measures", "before"):
        for id, measure in (here[part] or {}).items():
            if isinstance(measure, dict) and "value" in measure:
                assert there[part][id]["value"] == pytest.approx(measure["value"]), id
    assert bool(there["before"]) == (argv[0] == "--period")


def test_kpis_are_filled_from_a_server_and_again_and_no_file_has_the_password(
    home: Path, server: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKHOUSE_USER", "dana")
    monkeypatch.setenv("CLICKHOUSE_PASSWORD", "secret")
    for name, source in (("here", "sample.csv"), ("there", server)):
        good(capsys, "new", name, "--template", "liquid-funnel")
        good(capsys, "measure", source, "--tz", "UTC", "--into", name, "--yes")
    here, there = (stored(home, name) for name in ("here", "there"))
    assert [kpi.current for kpi in here.kpis] == [kpi.current for kpi in there.kpis] != [""] * 4
    (of_file,), (of_server,) = (each.measurements for each in (here, there))
    figures = [read_figures(each.figures) for each in (of_file, of_server)]
    assert figures[0] and figures[1] and of_file.day == of_server.day
    for id, figure in figures[0].measures.items():
        assert figures[1].measures[id].value == pytest.approx(figure.value), id
    assert figures[0].before.keys() == figures[1].before.keys() != {}
    assert "the same as before" in good(capsys, "measure", "--again", "there", "--yes")
    written = [file.read_bytes() for file in (home / "data").rglob("*") if file.is_file()]
    assert any(b"127.0.0.1" in each for each in written)
    assert not any(b"secret" in each or b"dana@" in each for each in written)
