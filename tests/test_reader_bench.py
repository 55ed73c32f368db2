"""The benchmark of the reader gives its table in the shape that was agreed, and counts what it should."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from print.bench_scan import Tally, bench
from print.reader.reading import PageReading, Sighting
from tests.damage import Scene

COLUMNS = ["condition", "pages", "recall", "wrong", "crop_p95_mm", "ticks_wrong", "ticks_to_person"]


def test_the_table_has_a_row_per_condition_with_everything_read_and_nothing_wrong(tmp_path: Path) -> None:
    (row,) = bench(4, only=["clean-150"], keep=tmp_path)["rows"]
    assert list(row)[: len(COLUMNS)] == COLUMNS
    assert (row["condition"], row["pages"], row["recall"], row["wrong"], row["ticks_wrong"]) == (
        "clean-150",
        5,
        1,
        0,
        0,
    )
    assert row["crop_p95_mm"] < 0.5
    assert row["cpu_ms_page"] > 0


def test_a_card_that_is_not_on_the_page_counts_as_wrong() -> None:
    ghost = Sighting("29762721", "A1", "front", "decoded", ((0, 0),) * 4, 6.0, True)
    reading = PageReading(0, "scan", 100, 100, 150, False, (ghost,), (), (), (), False, "")
    tally = Tally("ghost")
    tally.take(Scene(np.zeros((100, 100, 3), np.uint8), [], 150), reading, 0.1)
    assert tally.row()["wrong"] == 1
