"""Idea cards from order to paper: rows before paper, the same order the same bytes, and nobody else's number."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from print import reader
from print.bench import WORDS, sample
from print.documents import Slip, slips
from print.errors import PrintError
from print.forms import payload
from print.numbers import SLIP_DIGITS, typed
from tests.conftest import CARD, DETAILS
from tests.desk_people import Someone, someone
from tests.paper import IMPRINT, grey, letters, pages
from workshop import slip_printing, tasks
from workshop.cli import main
from workshop.domain import orders, workshops
from workshop.domain import slips as rows
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["someone"]

SECRET_SIGNS = 10


def series(house: House, workshop: Workshop, count: int = 4, **more: object) -> rows.Series:
    wanted = {"kind": "a6", "language": "nl", "question": "", **more}
    return house.store.write(rows.order, workshop.id, count=count, **wanted)  # type: ignore[arg-type]


def test_ten_thousand_numbers_are_all_different_and_each_has_its_check_digit(house: House, workshop: Workshop) -> None:
    made = house.store.read(rows.of_series, series(house, workshop, rows.MOST))
    numbers = {slip.number for slip in made}
    assert len(numbers) == rows.MOST
    assert all(typed(number, SLIP_DIGITS) == number for number in numbers)
    assert [slip.position for slip in made] == list(range(1, rows.MOST + 1))
    assert len({slip.stub_key for slip in made}) == rows.MOST


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_less_than_one_or_more_than_ten_thousand_is_refused_and_nothing_is_made(
    house: House, workshop: Workshop, count: int
) -> None:
    with pytest.raises(Refused):
        series(house, workshop, count)
    assert house.store.read(rows.series_of, workshop.id) == []


def test_what_opens_the_stub_is_not_on_the_card(house: House, workshop: Workshop) -> None:
    for slip in house.store.read(rows.of_series, series(house, workshop, 200)):
        assert len(slip.stub_key) == SECRET_SIGNS
        assert slip.key not in slip.stub_key
        assert slip.number not in slip.stub_key
        assert len(slip.stub_words.split()) == 3


def test_only_the_stub_opens_its_slip(house: House, workshop: Workshop) -> None:
    one, other = house.store.read(rows.of_series, series(house, workshop, 2))
    assert house.store.read(rows.by_stub, one.number, one.stub_key.lower()) == one
    assert house.store.read(rows.by_stub, one.number, other.stub_key) is None
    assert house.store.read(rows.by_stub, one.number, one.key) is None
    assert house.store.read(rows.by_stub, "00000000", one.stub_key) is None
    assert rows.has_words(one, f"  {one.stub_words.upper().replace(' ', '  ')} ")
    assert not rows.has_words(one, other.stub_words)
    assert not rows.has_words(one, "")


def test_a_sheet_for_a_group_has_no_stub_that_could_be_guessed(house: House, workshop: Workshop) -> None:
    (sheet,) = house.store.read(rows.of_series, series(house, workshop, 1, kind="rings"))
    assert (sheet.stub_key, sheet.stub_words) == ("", "")
    assert house.store.read(rows.by_stub, sheet.number, "") is None
    assert not rows.has_words(sheet, "")


def test_a_seed_gives_the_same_numbers_and_makes_no_rows_twice(house: House, workshop: Workshop) -> None:
    first = series(house, workshop, 5, seed="7")
    assert series(house, workshop, 5, seed="7") == first
    assert len(house.store.read(rows.of_workshop, workshop.id)) == 5
    other = series(house, workshop, 5, seed="8")
    numbers = [{slip.number for slip in house.store.read(rows.of_series, one)} for one in (first, other)]
    assert not numbers[0] & numbers[1]


def test_a_series_of_another_workshop_is_not_found(house: House, workshop: Workshop, facilitator: Facilitator) -> None:
    made = series(house, workshop)
    other = house.store.write(workshops.make, facilitator.id, DETAILS)
    with pytest.raises(Refused):
        house.store.read(rows.find, other.id, made.id)
    assert house.store.read(rows.of_workshop, other.id) == []


def test_the_same_order_printed_again_gives_the_same_bytes(house: House, workshop: Workshop) -> None:
    for kind, pages_of in (("a5", 4), ("a6", 1), ("large", 6), ("dots", 3), ("rings", 3)):
        made = series(house, workshop, 3, kind=kind, question="Wat zou u doen?")
        first = slip_printing.printed(house, workshop, {"series": made.id})
        assert slip_printing.printed(house, workshop, {"series": made.id}) == first
        assert pages(first.pdf) == pages_of
        found = [payload(text) for text in reader.codes(grey(first.pdf, 0, 150))]
        known = {slip.number: slip for slip in house.store.read(rows.of_series, made)}
        for code in found:
            assert code is not None
            assert code.key in (known[code.number].key, known[code.number].stub_key)


def test_a_workshop_whose_address_cannot_be_on_paper_makes_no_numbers(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    details = workshops.details(workshop)
    local = house.store.write(
        workshops.make, facilitator.id, type(details)(**vars(details) | {"address": "http://localhost:8000"})
    )
    with pytest.raises(PrintError):
        slip_printing.checked(house, local, kind="a5", count=3, language="nl")
    assert house.store.read(rows.series_of, local.id) == []


def test_the_question_of_a_card_stands_on_its_idea_cards(house: House, workshop: Workshop) -> None:
    card = house.library.find(CARD, "nl")
    assert card is not None
    assert card.share is not None
    found = slip_printing.checked(house, workshop, kind="a5", count=1, language="nl", card_id=CARD)
    assert (found["question"], found["card_id"]) == (card.share.question, CARD)
    with pytest.raises(Refused):
        slip_printing.checked(house, workshop, kind="a5", count=1, language="nl", card_id="no/such-card")


def test_a_question_of_the_workshop_too_long_for_the_small_card_is_left_out_there(
    house: House, facilitator: Facilitator
) -> None:
    long = "Wat hebt u nodig om nog lang en met plezier in uw eigen buurt te kunnen blijven wonen?"
    made = house.store.write(workshops.make, facilitator.id, type(DETAILS)(**vars(DETAILS) | {"question": long}))
    asked = {"count": 1, "language": "nl"}
    assert slip_printing.checked(house, made, kind="a6", **asked)["question"] == ""  # type: ignore[arg-type]
    assert slip_printing.checked(house, made, kind="a5", **asked)["question"] == long  # type: ignore[arg-type]


def test_printing_tells_how_far_it_is_and_the_row_keeps_it(house: House, workshop: Workshop, anna: str) -> None:
    wanted = slip_printing.checked(house, workshop, kind="a6", count=200, language="nl")
    placed = house.store.write(slip_printing.order, workshop.id, anna, wanted, {"flip": "long"})
    told: list[tuple[int, int]] = []
    slip_printing.printed(house, workshop, placed.what, lambda done, total: told.append((done, total)))
    assert len(told) > 20
    assert told == sorted(told)
    assert {total for _, total in told} == {200}
    tasks.print_order(house, placed.id)
    done = house.store.read(orders.find, workshop.id, placed.id)
    assert (done.state, done.total) == ("ready", 200)
    assert done.done > 150


@pytest.fixture
def anna(facilitator: Facilitator) -> str:
    return facilitator.id


def test_idea_cards_need_a_number_keys_and_words() -> None:
    with pytest.raises(PrintError, match="words each"):
        slips([Slip("27419631", "K7Q2M9")], imprint=IMPRINT, language="nl")
    with pytest.raises(PrintError, match="words each"):
        slips([], imprint=IMPRINT, language="nl")


def test_thousands_of_idea_cards_are_small_and_keep_one_form_for_each_face() -> None:
    cards = [Slip(number, key[:6], key, WORDS) for number, key in zip(*sample(400), strict=True)]
    for size, each in (("a6", 700), ("a5", 1250)):
        pdf = slips(cards, format=size, imprint=IMPRINT, language="nl").pdf  # type: ignore[arg-type]
        assert len(pdf) < 80_000 + 400 * each
        document = pikepdf.open(io.BytesIO(pdf))
        forms = {form.objgen for page in document.pages for form in page.Resources.XObject.values()}
        assert len(forms) == (2 if size == "a6" else 4)


def test_the_command_line_prints_the_same_cards_for_the_same_seed(
    house: House, workshop: Workshop, tmp_path: Path
) -> None:
    words = ["print", "slips", "--workshop", workshop.name, "--count", "5", "--format", "a6", "--seed", "3"]
    words += ["--data", str(house.settings.data)]
    for name in ("one.pdf", "two.pdf"):
        done = CliRunner().invoke(main, [*words, "-o", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert len(house.store.read(rows.of_workshop, workshop.id)) == 5
    said = "".join(letter.text for letter in letters((tmp_path / "one.pdf").read_bytes(), 0))
    assert "Proefdruk" in said, "numbers that anyone can make again are not for a real meeting"


def test_the_desk_shows_previews_orders_and_lists_what_was_made(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    page = f"/bureau/{workshop.id}/ideekaarten"
    shown = at_desk.get(f"{page}?soort=a5&aantal=12").text
    images = re.findall(r'src="([^"]+voorbeeld[^"]+)"', shown)
    assert len(images) == 2
    for image in images:
        found = at_desk.get(image.replace("&amp;", "&"))
        assert (found.status_code, found.mimetype) == (200, "image/png")
    placed = at_desk.post(page, data={"soort": "a5", "aantal": "12", "vraag": CARD, "taal_kaarten": "nl"})
    assert placed.status_code == 303
    (listed,) = house.store.read(rows.series_of, workshop.id)
    assert (listed.series.kind, listed.series.count, listed.series.card_id) == ("a5", 12, CARD)
    after = at_desk.get(page).text
    assert f"{listed.first[:4]} {listed.first[4:]}" in after
    again = at_desk.post(f"{page}/{listed.series.id}")
    assert again.status_code == 303
    assert len(house.store.read(rows.of_workshop, workshop.id)) == 12


@pytest.mark.parametrize("count", ["0", "10001", "veel", "-3", "1e3"])
def test_the_desk_says_which_amounts_there_are(
    at_desk: FlaskClient, house: House, workshop: Workshop, count: str
) -> None:
    answer = at_desk.post(f"/bureau/{workshop.id}/ideekaarten", data={"soort": "a5", "aantal": count})
    assert answer.status_code == 400
    assert "1 tot 10000" in answer.text
    assert house.store.read(rows.series_of, workshop.id) == []


@pytest.mark.parametrize("who", ["helper", "observer", "stranger", "participant", "outsider"])
def test_only_a_facilitator_orders_idea_cards(someone: Someone, house: House, workshop: Workshop, who: str) -> None:
    answer = someone(who).post(f"/bureau/{workshop.id}/ideekaarten", data={"soort": "a5", "aantal": "3"})
    assert answer.status_code in (302, 303, 401, 403, 404)
    assert house.store.read(rows.series_of, workshop.id) == []
