"""An old backup came back, and with it what people had taken away since: it goes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import piles
from workshop import backup, ending, organisation_erasing, tasks
from workshop.cli import main
from workshop.domain import endings, ideas, leaving, organisations, paper, slips, trays
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.settings import Settings


@pytest.fixture
def placed(house: House, door: Door) -> dict[str, Idea]:
    """Three ideas: one stays, one is taken away later, one is taken away and brought back."""
    sent = {name: Sent(f"Een {name}", "group", name * 5, "toestel", "qr") for name in ("bankje", "vijver", "boom")}
    return {name: house.store.write(ideas.place, door, one) for name, one in sent.items()}


def _again(data: Path, later: Path) -> str:
    ended = CliRunner().invoke(main, ["erase-again", "--data", str(data), str(later)])
    assert ended.exit_code == 0, ended.output
    return ended.output


def _there(data: Path, placed: dict[str, Idea]) -> set[str]:
    house = House.open(Settings.of(data=data))
    try:
        found = {name: house.store.read(ideas.by_receipt, one.receipt) for name, one in placed.items()}
        return {name for name, one in found.items() if one and not one.withdrawn_at}
    finally:
        house.close()


def test_what_was_taken_away_later_goes_again_and_nothing_else(
    house: House, placed: dict[str, Idea], tmp_path: Path
) -> None:
    restored, later = tmp_path / "restored", tmp_path / "later"
    backup.copy(house, restored)
    house.store.write(ideas.withdraw, placed["vijver"])
    house.store.write(ideas.bring_back, house.store.write(ideas.withdraw, placed["boom"]))
    backup.copy(house, later)
    before = (later / "werkplaats.db").read_bytes()
    assert _there(restored, placed) == {"bankje", "vijver", "boom"}
    assert "1 ideas are away" in _again(restored, later)
    assert _there(restored, placed) == {"bankje", "boom"}
    assert "0 ideas are away" in _again(restored, later)
    assert (later / "werkplaats.db").read_bytes() == before, "a backup stays as it is"


def test_an_idea_of_after_the_backup_that_was_taken_away_is_no_trouble(
    house: House, door: Door, placed: dict[str, Idea], tmp_path: Path
) -> None:
    restored, later = tmp_path / "restored", tmp_path / "later"
    backup.copy(house, restored)
    new = house.store.write(ideas.place, door, Sent("Iets nieuws", "group", "nieuw" * 5, "toestel", "qr"))
    house.store.write(ideas.withdraw, new)
    backup.copy(house, later)
    assert "0 ideas are away" in _again(restored, later)
    assert _there(restored, placed) == {"bankje", "vijver", "boom"}


def test_a_workshop_whose_names_were_erased_is_named(
    house: House, workshop: Workshop, facilitator: Facilitator, placed: dict[str, Idea], tmp_path: Path
) -> None:
    restored, later = tmp_path / "restored", tmp_path / "later"
    backup.copy(house, restored)
    export = house.store.write(endings.order_export, workshop.id, facilitator.id)
    tasks.print_order(house, export)
    house.store.write(endings.ask, workshop, facilitator.id, workshop.name)
    ending.erase(house, workshop.id)
    backup.copy(house, later)
    assert f"The names of “{workshop.name}” were erased and are back." in _again(restored, later)


def test_cards_taken_back_before_they_were_read_and_backs_that_were_erased_go_again(
    house: House, workshop: Workshop, tmp_path: Path
) -> None:
    restored, later = tmp_path / "restored", tmp_path / "later"
    read, unread, stays = piles.numbers(house, workshop, "a5", count=3)
    cards = {number: house.store.read(slips.by_number, number) for number in (read, unread, stays)}
    house.store.write(paper.type_by_maker, cards[read], "Een bankje")
    house.store.write(paper.type_by_maker, cards[stays], "Een boom")
    backup.copy(house, restored)
    idea = house.store.read(paper.idea_of, read)
    house.store.write(lambda tx: trays.put_back_away(tx, idea, "maker", away=True))
    house.store.write(paper.withdraw, cards[unread])
    backup.copy(house, later)
    assert "1 cards that nobody had read are taken back, and 1 backs" in _again(restored, later)
    opened = House.open(Settings.of(data=restored))
    try:
        assert opened.store.read(slips.by_number, unread).withdrawn_at
        assert opened.store.read(trays.back_is_away, opened.store.read(paper.idea_of, read))
        assert not opened.store.read(slips.by_number, stays).withdrawn_at
        assert not opened.store.read(trays.back_is_away, opened.store.read(paper.idea_of, stays))
    finally:
        opened.close()
    assert "0 cards that nobody had read are taken back, and 0 backs" in _again(restored, later)


def test_an_organisation_that_was_erased_is_named(house: House, tmp_path: Path) -> None:
    restored, later = tmp_path / "restored", tmp_path / "later"
    noord = house.store.write(organisations.make, "Noord")
    house.store.write(organisations.make, "Zuid")
    backup.copy(house, restored)
    house.store.write(leaving.ask, noord.id, "Noord")
    assert organisation_erasing.erase(house, noord.id)
    backup.copy(house, later)
    said = _again(restored, later)
    assert "“Noord” was erased and is back." in said
    assert "Zuid" not in said


def test_a_folder_without_a_backup_is_refused(house: House, tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["erase-again", "--data", str(house.settings.data), str(tmp_path)])
    assert refused.exit_code == 2
    assert f"There is no backup in {tmp_path}. Nothing was erased." in refused.output
