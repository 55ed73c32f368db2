"""Paper comes back at the desk: bring a stack, see the report, look at what was not certain, take it back."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from print.numbers import shown
from tests import bombs, piles
from tests.desk_paper import on_paper, page_of, photo, read_all, sent
from workshop import reading
from workshop.domain import stacks, trays
from workshop.domain.workshops import Workshop
from workshop.errors import StoreFull
from workshop.house import House


def test_a_stack_is_brought_read_and_reported_in_plain_words(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    which = piles.numbers(house, workshop)
    pdf = piles.scanned([piles.written(house, which[:3], piles.A6), []])
    answer = sent(at_desk, workshop, (pdf, "map/stapel.pdf"), (photo(), "foto.jpg"))
    assert answer.status_code == 303
    waiting = at_desk.get(answer.location).text
    assert "Je papier is veilig bewaard." in waiting
    assert "data-stack=" in waiting
    stack = read_all(house, workshop)
    said = page_of(at_desk, workshop, f"/{stack.id}")
    counts = house.store.read(stacks.counts, stack.id)
    assert counts.pages == counts.expected == 3
    assert "3 bladzijden binnen, 3 in een bakje." in said
    assert "Er staan 3 ideeën op." in said
    assert "2 lege achterkanten overgeslagen" in said
    assert "Je papier is veilig bewaard, precies zoals het binnenkwam." in said
    assert shown(which[0]) in said
    assert "3 van de 4 terug" in said
    assert f'<li class="number">{shown(which[3])}</li>' in said
    state = at_desk.get(f"/bureau/{workshop.id}/papier/{stack.id}/stand").json
    assert state == {"state": "read", "pages": 3, "expected": 3, "waits": ""}
    assert [file.name for file in house.store.read(stacks.files, stack.id)] == ["stapel.pdf", "foto.jpg"]


def test_a_script_gets_where_to_go_or_why_not(workshop: Workshop, at_desk: FlaskClient) -> None:
    asks = {"Accept": "application/json"}
    good = sent(at_desk, workshop, (photo(), "foto.jpg"), headers=asks)
    assert good.json is not None
    assert at_desk.get(good.json["go"]).status_code == 200
    bad = sent(at_desk, workshop, (b"PK\3\4 een brief", "brief.docx"), headers=asks)
    assert bad.status_code == 400
    assert "“brief.docx” is geen PDF of foto. Er is niets bewaard." in (bad.json or {})["problem"]


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("IN_ALL", 900, "Deze stapel is groter dan 600 MB. Er is niets bewaard, je papier is veilig."),
        ("MOST_BYTES", 900, "Een bestand is groter dan"),
        ("MOST_FILES", 0, "Er is niets bewaard. Breng ze in een paar keer."),
    ],
)
def test_what_is_too_much_is_refused_in_words_and_nothing_is_noted(
    house: House,
    workshop: Workshop,
    at_desk: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
    says: str,
) -> None:
    monkeypatch.setattr(reading, limit, value)
    answer = sent(at_desk, workshop, (photo(), "foto.jpg"))
    assert answer.status_code == 400
    assert says in answer.text
    assert house.store.read(stacks.of_workshop, workshop.id) == []


def test_a_request_beyond_every_limit_is_refused_in_words(
    house: House, workshop: Workshop, at_desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.desk.stacks.MOST_SENT", 2000)
    answer = sent(at_desk, workshop, (photo(), "foto.jpg"))
    assert answer.status_code == 413
    assert "je papier is veilig" in answer.text
    assert house.store.read(stacks.of_workshop, workshop.id) == []


def test_a_stack_may_be_larger_than_any_other_request(
    workshop: Workshop, at_desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(at_desk.application.config, "MAX_CONTENT_LENGTH", 1000)
    assert sent(at_desk, workshop, (photo(), "foto.jpg")).status_code == 303


def test_a_full_disk_is_said_and_nothing_is_half_stored(
    house: House, workshop: Workshop, at_desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull("no room")

    monkeypatch.setattr(type(house.files), "keep_stream", full)
    answer = sent(at_desk, workshop, (photo(), "foto.jpg"))
    assert answer.status_code == 507
    assert "houd je papier bij de hand" in answer.text
    assert house.store.read(stacks.of_workshop, workshop.id) == []


def test_hostile_and_broken_files_end_in_sentences_and_harm_no_neighbour(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    which = piles.numbers(house, workshop, count=2)
    good = piles.scanned([piles.written(house, which, piles.A6)])
    hostile = {
        "kapot.pdf": (b"%PDF-1.7 kapot", "beschadigd"),
        "brief.docx": (b"PK\3\4 een brief", "geen PDF of foto"),
        "veel.pdf": (bombs.empty_pages(1001), "te veel bladzijden"),
    }
    sent(at_desk, workshop, *((data, name) for name, (data, _) in hostile.items()), (good, "goed.pdf"))
    stack = read_all(house, workshop)
    said = page_of(at_desk, workshop, f"/{stack.id}")
    for name, (_, words) in hostile.items():
        assert re.search(rf"{name}: [^<]*{words}", said), name
    assert len(on_paper(house, workshop)) == 2
    counts = house.store.read(stacks.counts, stack.id)
    assert (counts.pages, counts.expected, counts.look) == (4, 4, 3)


def test_counts_of_a_sheet_are_shown_corrected_and_confirmed(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    which = piles.numbers(house, workshop, "rings", count=1)
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, which, "R1")]))
    piles.read(house, stack)
    (seen,) = house.store.read(stacks.sightings_of, which[0])
    text = page_of(at_desk, workshop, f"/{stack.id}")
    assert f"Telling van {shown(which[0])}" in text
    assert "geteld door de computer" in text
    assert text.count("Comfort") == 1
    where = f"/bureau/{workshop.id}/papier/{stack.id}/tellen/{seen.id}"
    assert at_desk.post(where, data={"rij-comfort": "7", "rij-learning": "2", "rij-ander": "9"}).status_code == 303
    newest = house.store.read(stacks.sightings_of, which[0])[0]
    assert newest.counts == {"comfort": 7, "learning": 2, "panic": seen.counts["panic"]}
    assert (newest.how, newest.doubt) == ("person", ())
    assert "nagekeken" in page_of(at_desk, workshop, f"/{stack.id}")
    assert house.store.read(trays.left_to_look, workshop.id) == 0
    assert not on_paper(house, workshop), "a sheet is no idea"


def test_black_and_white_is_said_on_the_stack(house: House, workshop: Workshop, at_desk: FlaskClient) -> None:
    which = piles.numbers(house, workshop, count=2)
    stack = piles.brought(house, workshop, piles.scanned([piles.written(house, which, piles.A6)], "bitonal-200"))
    piles.read(house, stack)
    assert "Je kopieerapparaat scant in zwart-wit." in page_of(at_desk, workshop, f"/{stack.id}")


def test_a_stopped_stack_is_taken_up_again_from_the_desk(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    sent(at_desk, workshop, (photo(), "foto.jpg"))
    (stack,) = house.store.read(stacks.of_workshop, workshop.id)
    house.store.write(stacks.park, stack.id, "stopped")
    assert "Het lezen stopte een paar keer." in page_of(at_desk, workshop, f"/{stack.id}")
    assert at_desk.post(f"/bureau/{workshop.id}/papier/{stack.id}/opnieuw").status_code == 303
    assert read_all(house, workshop).state == "read"
