"""The measure of the web and of the workers on real servers: all that is asked is answered, nothing gets lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from workshop import bench_load, bench_machine, bench_site, bench_web
from workshop.bench_engines import Engines
from workshop.bench_load import Ask, Plan
from workshop.cli import main

FIGURES = {"rps", "rps_per_core", "cpu_ms", "p50_ms", "p95_ms", "p99_ms", "errors", "mb", "other", "kinds"}


def measured(*words: str) -> dict[str, Any]:
    """Return the table of a benchmark."""
    done = CliRunner().invoke(main, ["bench", *words, "--json"])
    assert done.exit_code == 0, done.output
    table: dict[str, Any] = json.loads(done.stdout)
    return table


def test_phones_are_answered_without_errors_and_every_acknowledged_idea_is_in_the_store() -> None:
    table = measured("web", "--clients", "3", "--ideas", "12", "--seconds", "1")
    closed, opened = table["rows"]
    assert (closed["how"], closed["ideas"], closed["clients"]) == ("werkplaats sqlite", 12, 3)
    assert opened["clients"] == "open 50/s"
    assert table["lost"] == 0
    for row in (closed, opened):
        assert row.keys() >= FIGURES
        assert row["errors"] == 0
        assert 0 < row["p50_ms"] <= row["p95_ms"] <= row["p99_ms"]
    assert opened["kinds"].keys() == {"card", "idea"}


def test_two_servers_on_a_database_share_what_phones_send(postgres_server: Any, tmp_path: Path) -> None:
    engines = Engines(store=postgres_server.database())
    with bench_site.served(tmp_path, engines, 2) as site:
        filled = bench_site.fill(site, 20)
        ours = bench_web.asked("werkplaats grown", site, filled)
        plan = Plan(list(ours.targets), ours.asks, ["idea", "card", "wall", "board"], phones=4, seconds=2, warm_s=0)
        came = bench_web.carried_out(plan)
        assert came["wrong"] == {}
        assert came["stored"] > 0
        assert bench_site.counted(site, filled.workshop_id) == 20 + came["stored"]


def test_the_mix_asks_for_every_kind_as_often_as_it_says() -> None:
    mixed = bench_web.mixed()
    assert {kind: mixed.count(kind) for kind in bench_web.MIX} == bench_web.MIX
    assert set(mixed[:20]) >= {"wall", "card", "idea"}


@pytest.mark.parametrize("workers", [1])
def test_every_page_lies_in_one_tray_whoever_reads(workers: int) -> None:
    rows = measured("scan", "--workers", str(workers), "--pages", "4")["rows"]
    assert [row["workers"] for row in rows] == [0, workers]
    for row in rows:
        assert (row["pages"], row["matched"], row["lost"], row["twice"]) == (4, 4, 0, 0)


def test_a_server_that_is_away_counts_as_an_error_and_never_as_an_answer() -> None:
    plan = Plan(["127.0.0.1:1"], {"card": Ask("GET", ["/"], [200])}, ["card"], phones=2, seconds=0.3, warm_s=0)
    came = bench_web.carried_out(plan)
    assert came["answered"] == 0
    assert list(came["wrong"]) == ["card ConnectionRefusedError"]


def test_braces_of_json_stay_as_they_are() -> None:
    assert bench_load.filled('{"text": "Idee {n} van {phone}"}', {"n": "7", "phone": "3"}) == '{"text": "Idee 7 van 3"}'


def test_what_processes_cost_is_counted_with_their_children() -> None:
    import os

    before = bench_machine.spent([os.getpid()])
    sum(one * one for one in range(3_000_000))
    after = bench_machine.spent([os.getpid()])
    assert after.ours_s > before.ours_s
    assert 0 <= bench_machine.foreign(before, after) <= 1
    assert bench_machine.megabytes([os.getpid()]) > 10


@pytest.mark.parametrize("said", ["0", "a", "10,,20"])
def test_numbers_that_are_none_are_refused_with_what_to_type(said: str) -> None:
    done = CliRunner().invoke(main, ["bench", "web", "--clients", said])
    assert done.exit_code == 2
    assert "50,200" in done.output
