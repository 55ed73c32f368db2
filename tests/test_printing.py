"""From a workshop's choice to paper: numbers stay, copies count, and a crooked printer is put right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from cards.deck import load
from print import reader
from tests.conftest import CARD
from workshop import printing
from workshop.cli import main
from workshop.domain import doors, orders
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

CARDS = {"document": "cards", "format": "auto", "language": "nl"}


def codes(pdf: bytes, page: int = 0) -> list[str]:
    return reader.codes(reader.picture(pdf, page, 150))


def test_printing_again_gives_the_same_numbers_and_the_same_bytes(house: House, workshop: Workshop) -> None:
    first, second = (printing.printed(house, workshop, CARDS)[0] for _ in range(2))
    assert first == second
    assert len(codes(first.pdf)) == 2


def test_copies_asked_for_on_the_command_line_go_before_what_was_chosen(house: House, workshop: Workshop) -> None:
    what = CARDS | {"cards": [CARD], "copies": 4}
    pdf = printing.printed(house, workshop, what)[0].pdf
    assert len(codes(pdf, 0) + codes(pdf, 2)) == 4


def test_a_back_that_is_asked_to_move_moves_and_the_front_stays(house: House, workshop: Workshop) -> None:
    straight = printing.printed(house, workshop, CARDS)[0].pdf
    moved = printing.printed(house, workshop, CARDS | {"back_shift": [2.0, 0.0]})[0].pdf
    assert reader.picture(straight, 0) == reader.picture(moved, 0)
    assert reader.picture(straight, 1) != reader.picture(moved, 1)


def test_the_desk_passes_on_how_much_to_move_and_forgives_what_is_no_number(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    for typed, wanted in (("1,5", 1.5), ("-2", -2.0), ("veel", 0.0), ("400", 0.0), ("nan", 0.0)):
        at_desk.post(f"/bureau/{workshop.id}/printen", data={"wat": "cards", "rechts": typed, "omlaag": "0"})
        newest = house.store.read(orders.of_workshop, workshop.id)[0]
        assert newest.what["back_shift"] == [wanted, 0.0]


def test_the_test_page_of_a_workshop_has_a_code_to_try(house: House, workshop: Workshop, tmp_path: Path) -> None:
    out = tmp_path / "test.pdf"
    asked = ["print", "test-page", "--workshop", workshop.name, "--data", str(house.settings.data), "-o", str(out)]
    said = CliRunner().invoke(main, asked)
    assert said.exit_code == 0, said.output
    assert codes(out.read_bytes()) == ["HTTPS://WERKPLAATS.NL/"]


def test_a_name_nobody_knows_gives_one_sentence_with_the_cure_and_exit_code_two(
    house: House, workshop: Workshop, tmp_path: Path
) -> None:
    asked = [
        "print",
        "poster",
        "--workshop",
        "Elders",
        "--data",
        str(house.settings.data),
        "-o",
        str(tmp_path / "p.pdf"),
    ]
    said = CliRunner().invoke(main, asked)
    assert said.exit_code == 2
    assert "Werkplaats De Linde" in said.output
    assert len(said.output.strip().splitlines()) == 1
    assert not (tmp_path / "p.pdf").exists()


def test_a_chosen_card_has_its_number_before_it_is_printed_and_the_preview_shows_its_code(
    house: House, workshop: Workshop
) -> None:
    door = house.store.read(doors.of_workshop, workshop.id)[CARD]
    shown = printing.preview(house, workshop, CARD, "nl", "front", "own")
    assert reader.codes(shown) == [f"HTTPS://WERKPLAATS.NL/{door.scanned}"]


def test_a_card_or_folder_that_is_not_there_is_named_and_nothing_is_printed(tmp_path: Path) -> None:
    out = tmp_path / "deck.pdf"
    for wrong in (["--card", CARD, "--card", "samen-ontwerpen/99-weg"], ["--decks", str(tmp_path / "nergens")]):
        said = CliRunner().invoke(main, ["print", "deck", *wrong, "-o", str(out)])
        assert said.exit_code == 2
        assert wrong[-1] in said.output
    assert not out.exists()


def test_an_own_card_that_is_too_full_is_refused_in_the_language_of_the_workshop(
    house: House, workshop: Workshop, tmp_path: Path
) -> None:
    card = house.library.find(CARD, "nl")
    assert card is not None
    assert card.path is not None
    folder = tmp_path / "eigen"
    folder.mkdir()
    text = card.path.read_text(encoding="utf-8").replace("deck: samen-ontwerpen", "deck: eigen")
    text = text.replace("id: samen-ontwerpen/", "id: eigen/").replace(
        "## Tip\n", "## Tip\n" + "Nog een zin erbij. " * 60
    )
    (folder / card.path.name).write_text(text, encoding="utf-8")
    own = replace(house, library=load([folder]))
    what = CARDS | {"cards": [CARD.replace("samen-ontwerpen", "eigen")]}
    with pytest.raises(Refused, match=r"woorden te veel .* Haal woorden weg"):
        printing.make(own, workshop.id, what)
