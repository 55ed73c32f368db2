"""QR symbols by linear algebra: the same as `qrcode` makes, and readable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from print import reader
from print.marks import ALPHABET, Grade, MarkTooFine, address, common, encoded, grade, module_mm, symbol

KEYS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=10, max_size=10)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6 - 1), KEYS, st.sampled_from(["https://werkplaats.nl", "https://de.linde.nl"]))
def test_every_symbol_is_the_one_qrcode_makes(number: int, key: str, base: str) -> None:
    text = address(base, f"{number:06d}", key)
    assert symbol(text) == encoded(text, grade(text))


@settings(deadline=None, max_examples=60)
@given(st.text(ALPHABET, min_size=1, max_size=60).filter(lambda text: "0" * 7 not in text))  # qrcode stumbles there
def test_any_text_in_capitals_goes_the_same_way(text: str) -> None:
    assert symbol(text) == encoded(text, grade(text))


@settings(deadline=None, max_examples=15)
@given(st.text("abcdefg/é?=", min_size=1, max_size=40))
def test_other_text_is_left_to_qrcode_and_reads_back(text: str) -> None:
    code = symbol(text)
    rows = np.array([[255 * (module == "0") for module in row] for row in code.rows()], dtype=np.uint8)
    picture = Image.fromarray(np.pad(np.kron(rows, np.ones((6, 6), dtype=np.uint8)), 24, constant_values=255))
    assert reader.codes(picture) == [text]


def test_what_was_learned_is_kept_and_a_damaged_file_does_no_harm(tmp_path: Path) -> None:
    texts = [address("https://linde.nl", f"{n:06d}", "K7Q2M9XT4R") for n in (1, 424242, 999999)]
    fresh = [symbol(text, tmp_path / "a") for text in texts]
    kept = next((tmp_path / "a").iterdir())
    for content in (kept.read_bytes(), kept.read_bytes()[:50], b"[]"):
        folder = tmp_path / str(len(content))
        folder.mkdir()
        (folder / kept.name).write_bytes(content)
        assert [symbol(text, folder) for text in texts] == fresh == [encoded(text, grade(text)) for text in texts]


@pytest.mark.parametrize(
    ("length", "expected"),
    [(16, Grade(1, "Q", True)), (20, Grade(2, "H", True)), (29, Grade(2, "Q", True)), (47, Grade(3, "Q", True))],
)
def test_the_smallest_version_that_holds_level_q_then_the_highest_level(length: int, expected: Grade) -> None:
    assert grade("A" * length) == expected


def test_number_and_key_fit_version_three_with_a_host_of_twenty_letters() -> None:
    assert grade(address("https://" + "w" * 17 + ".nl", "274195", "K7Q2M9XT4R")).version == 3


def test_the_address_is_in_capitals_with_number_and_key() -> None:
    assert address("https://werkplaats.nl", "274195", "k7q2m9xt4r") == "HTTPS://WERKPLAATS.NL/274195K7Q2M9XT4R"


def test_too_fine_a_symbol_is_refused() -> None:
    modules = grade("HTTPS://WERKPLAATS.NL/274195K7Q2M9XT4R").modules
    assert module_mm(modules, 36) > 0.9
    with pytest.raises(MarkTooFine, match="shorter address"):
        module_mm(modules, 25)
    with pytest.raises(MarkTooFine):
        grade("A" * 300)


def test_what_is_common_and_what_is_new_make_the_whole_symbol() -> None:
    codes = [symbol(address("https://werkplaats.nl", f"{n:06d}", "K7Q2M9XT4R")) for n in range(40)]
    same = common(codes)
    assert all(code.without(same).bits | same.bits == code.bits for code in codes)
    assert len(codes[0].without(same).path()) < len(codes[0].path()) / 2
