"""Answers from a decision to paper and back: everybody's slip has a number, and what they tick counts once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from print.forms import payload
from print.numbers import shown
from print.reader import codes, raster
from print.reader.known import Known
from tests import answered, piles, returned
from tests.answered import rated
from tests.conftest import DETAILS
from tests.desk_people import share as share
from tests.handwriting import FINE, Filled, Picture
from tests.paper import letters as signs
from tests.paper import pages
from workshop import answer_printing, clock, erasing, printing, reading, tasks
from workshop.cli import main
from workshop.domain import (
    answer_slips,
    answers,
    curating,
    decisions,
    forgetting,
    ideas,
    orders,
    slips,
    stacks,
    trays,
    workshops,
)
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.store import Tx

Share = Callable[..., Idea]
SLIPS = {"document": "answers", "format": "a6", "order": "name"}


def decide(house: House, who: Facilitator, *given: Idea, kind: str = "try", reason: str = "Omdat het kan.") -> str:
    """Decide and publish; return the batch of that."""

    def work(tx: Tx) -> str:
        with curating.as_one(tx) as batch:
            for idea in given:
                now = ideas.by_key(tx, idea.workshop_id, idea.id)
                decisions.prepare(tx, now, Plan(kind, reason, "We vragen het na.", "2027-02-22"), who.id)
            answers.publish(tx, given[0].workshop_id, [idea.id for idea in given], who.id)
        return batch

    return house.store.write(work)


def now(house: House, idea: Idea) -> answers.Answer:
    """Return the newest answer to an idea."""
    return house.store.read(answers.of_idea, idea)[0]


def said(pdf: bytes) -> str:
    return "".join(letter.text for page in range(pages(pdf)) for letter in signs(pdf, page))


def close(text: str) -> str:
    return "".join(text.split())


def slips_of(house: House, workshop: Workshop) -> list[Slip]:
    """Return the answer slips of a workshop, by number of the paper they are on."""
    return [one for one in house.store.read(slips.of_workshop, workshop.id) if one.answer_id]


def printed(house: House, workshop: Workshop, **more: object) -> list[tuple[Known, Picture]]:
    """Print answers on A6; return each slip as it is cut out, with what its code says."""
    pdf = printing.printed(house, workshop, {**SLIPS, **more})[0].pdf
    found = []
    for page in range(pages(pdf)):
        sheet = raster(pdf, page, 300)
        for place in range(4):
            left, top = place % 2 * sheet.width / 2, place // 2 * sheet.height / 2
            part = sheet.crop((round(left), round(top), round(left + 148.5 * FINE), round(top + 105 * FINE)))
            read = [payload(text) for text in codes(part)]
            if read and read[0]:
                found.append((Known(read[0].number, read[0].code, read[0].key), answered.np.asarray(part).copy()))
    return found


def scanned(house: House, workshop: Workshop, *pages_: list[Filled], condition: str = "clean-200") -> stacks.Counts:
    """Bring a stack of these pages in from the copier and read it."""
    return piles.read(house, piles.brought(house, workshop, piles.scanned(pages_, condition)))


def test_every_maker_gets_a_slip_with_name_first_and_nameless_last(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    given = [share("Een bankje."), share("Koffie.", "everyone_named", maker="truus"),
             share("Een lift.", "everyone_named", maker="Anton")]  # fmt: skip
    decide(house, facilitator, *given)
    text = said(printing.printed(house, workshop, SLIPS)[0].pdf)
    order = [text.index(close(f"Idee {idea.nr}")) for idea in (given[2], given[1], given[0])]
    assert order == sorted(order)
    assert close("Uiterlijk op maandag 22 februari 2027.") in text
    by_number = said(printing.printed(house, workshop, SLIPS | {"order": "number", "again": True})[0].pdf)
    order = [by_number.index(close(f"Idee {idea.nr}")) for idea in given]
    assert order == sorted(order)


def test_slips_in_the_order_of_seats_follow_the_idea_cards_as_they_were_printed(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    by_phone = share("Per telefoon.")
    cards = returned.cards(house, workshop, facilitator.id, 3)
    decide(house, facilitator, by_phone, *reversed(cards))
    given = house.store.read(answer_printing.to_print, workshop.id, SLIPS | {"order": "seat"})
    assert [one.idea.id for one in given] == [*(idea.id for idea in cards), by_phone.id]


def test_a_slip_says_the_number_on_the_stub_and_shows_what_was_drawn(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    (idea,) = returned.cards(house, workshop, facilitator.id)
    decide(house, facilitator, idea)
    pdf = printing.printed(house, workshop, SLIPS)[0].pdf
    assert close(f"strookje {shown(idea.slip or '')}") in said(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert any(name.startswith("/P") for name in opened.pages[0].Resources.XObject)


def test_only_new_answers_are_printed_until_all_are_asked_and_those_keep_their_numbers(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    first = share("Een bankje.")
    decide(house, facilitator, first)
    before = printing.printed(house, workshop, SLIPS)[0].pdf
    assert now(house, first).printed_at
    with pytest.raises(Refused, match="no answers"):
        printing.printed(house, workshop, SLIPS)
    assert printing.printed(house, workshop, SLIPS | {"again": True})[0].pdf == before, "the same numbers again"
    assert len(slips_of(house, workshop)) == 1
    decide(house, facilitator, share("Koffie."))
    later = said(printing.printed(house, workshop, SLIPS)[0].pdf)
    assert close("Koffie.") in later
    assert close("Een bankje.") not in later


def test_what_was_taken_back_is_not_printed_and_a_joined_idea_answers_each_of_its_makers(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    from workshop.domain import joining

    one, two, gone = share("Een bankje."), share("Een stoel."), share("Weg ermee.")
    whole = house.store.write(joining.join, workshop.id, [one.id, two.id], "", facilitator.id)
    decide(house, facilitator, whole, gone)
    house.store.write(ideas.withdraw, house.store.read(ideas.by_key, workshop.id, gone.id))
    text = said(printing.printed(house, workshop, SLIPS)[0].pdf)
    assert close("Weg ermee.") not in text
    assert close(f"samengevoegd met idee {two.nr}.") in text
    assert close(f"samengevoegd met idee {one.nr}.") in text


def test_letters_go_to_who_left_an_address_and_only_to_them(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    given = [share("Een bankje."), share("Koffie.")]
    decide(house, facilitator, *given)
    house.store.write(_live_at, given[0], facilitator.id, "Mevrouw De Wit\nLindelaan 12")
    text = said(printing.printed(house, workshop, SLIPS | {"format": "letters"})[0].pdf)
    assert close("Mevrouw De Wit Lindelaan 12") in text
    assert close("Koffie.") not in text
    assert slips_of(house, workshop) == [], "letters do not come back"


def _live_at(tx: Tx, idea: Idea, who: str, address: str) -> None:
    ideas.apply(tx, ideas.by_key(tx, idea.workshop_id, idea.id), who, "typed", address=address)


def test_what_people_tick_counts_for_their_answer_once(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    given = [share(f"Een bankje bij nummer {place}.") for place in range(3)]
    decide(house, facilitator, *given, kind="keep")
    cut = printed(house, workshop)
    ticks = [(("understandable", "yes", "cross"), ("fair", "no", "check")), (("fair", "little", "cross"),), ()]
    page = [rated(known, picture, "keep", *some) for (known, picture), some in zip(cut, ticks, strict=True)]
    counts = scanned(house, workshop, page)
    assert (counts.pages, counts.matched, counts.ideas) == (1, 1, 0)
    opinions = [(now(house, idea).understandable, now(house, idea).fair) for idea in given]
    assert opinions == [(3, 1), (None, 2), (None, None)]
    again = scanned(house, workshop, page, condition="skew-200")
    assert again.seen == 1
    assert house.store.read(answers.ratings, workshop.id)["fair"] == {1: 1, 2: 1, 3: 0}
    seen = house.store.read(stacks.sightings_of, cut[0][0].number)[0]
    assert seen.ticks["decision"] == {"make": "no", "try": "no", "keep": "yes", "not_now": "no"}


def test_a_second_scan_never_undoes_what_somebody_said_since(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een bankje.")
    decide(house, facilitator, idea)
    ((known, picture),) = printed(house, workshop)
    page = [rated(known, picture, "try", ("fair", "no", "cross"))]
    scanned(house, workshop, page)
    house.store.write(answers.rate, idea, now(house, idea).id, None, 3)
    scanned(house, workshop, page, condition="skew-200")
    assert now(house, idea).fair == 3


def test_answers_and_idea_cards_come_back_in_one_stack(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een bankje.")
    decide(house, facilitator, idea)
    ((known, picture),) = printed(house, workshop)
    cards = piles.written(house, piles.numbers(house, workshop, count=2), piles.A6)
    back = [rated(known, picture, "try", ("understandable", "little", "check"))]
    counts = scanned(house, workshop, cards, back)
    assert (counts.pages, counts.ideas) == (2, 2)
    assert now(house, idea).understandable == 2


def test_two_faces_ticked_wait_for_a_person_who_says_which(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, at_desk: FlaskClient
) -> None:
    idea = share("Een bankje.")
    decide(house, facilitator, idea)
    ((known, picture),) = printed(house, workshop)
    twice = [("fair", "yes", "cross"), ("fair", "no", "cross"), ("understandable", "yes", "cross")]
    assert scanned(house, workshop, [rated(known, picture, "try", *twice)]).waiting == 1
    assert (now(house, idea).understandable, now(house, idea).fair) == (3, None)
    page_id = house.store.read(stacks.next_to_look_at, workshop.id, "")
    where = f"/bureau/{workshop.id}/papier/bladzijde/{page_id}"
    shown_page = at_desk.get(where).text
    assert "Er staan twee kruisjes waar één hoort." in shown_page
    assert f"Antwoord op idee {idea.nr}" in shown_page
    assert at_desk.post(f"{where}/klopt", data={f"fair-{known.number}": "1"}).status_code == 303
    assert (now(house, idea).understandable, now(house, idea).fair) == (3, 1)
    assert house.store.read(trays.left_to_look, workshop.id) == 0


def test_the_paper_of_another_workshop_is_not_taken(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een bankje.")
    decide(house, facilitator, idea)
    ((known, picture),) = printed(house, workshop)
    other = house.store.write(workshops.make, facilitator.id, replace(DETAILS, name="Werkplaats Noord"))
    counts = scanned(house, other, [rated(known, picture, "try", ("fair", "yes", "cross"))])
    assert counts.waiting == 1
    assert now(house, idea).fair is None


def test_an_answer_that_was_taken_back_takes_no_opinion_and_the_paper_is_still_accounted_for(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een bankje.")
    batch = decide(house, facilitator, idea)
    ((known, picture),) = printed(house, workshop)
    house.store.write(curating.undo_batch, workshop.id, batch, facilitator.id)
    counts = scanned(house, workshop, [rated(known, picture, "try", ("fair", "yes", "cross"))])
    assert (counts.pages, counts.matched) == (1, 1)
    assert house.store.read(answers.ratings, workshop.id)["fair"] == {1: 0, 2: 0, 3: 0}


def test_erasing_an_idea_erases_the_scan_of_its_answer_and_the_print(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een bankje voor mevrouw Zonderling.")
    decide(house, facilitator, idea)
    order = house.store.write(orders.order, workshop.id, facilitator.id, SLIPS)
    tasks.print_order(house, order.id)
    done = house.store.read(orders.find, workshop.id, order.id)
    assert done.state == "ready"
    ((known, picture),) = printed(house, workshop, again=True)
    scanned(house, workshop, [rated(known, picture, "try", ("fair", "yes", "cross"))])
    crops = [one.crop for one in house.store.read(stacks.sightings_of, known.number)]
    house.store.write(ideas.withdraw, house.store.read(ideas.by_key, workshop.id, idea.id))
    clock.shift(minutes=31)
    for name in house.store.write(forgetting.erase_due):
        house.files.remove(name)
    erasing.erase_paper(house)
    assert not any(house.files.there(name) for name in [*crops, done.file or ""])
    assert [one.crop for one in house.store.read(stacks.sightings_of, known.number)] == [""]


def test_answer_slips_are_not_among_the_idea_cards_and_not_missed(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    decide(house, facilitator, share("Een bankje."))
    printing.printed(house, workshop, SLIPS)
    assert house.store.read(slips.series_of, workshop.id) == []
    known = reading.register(house, workshop.id, workshop.address).known
    assert sorted(one.code for one in known) == ["W1", "W2", "W3"], "an answer may be on larger paper than was asked"
    (slip,) = slips_of(house, workshop)
    assert not slip.stub_key


def test_a_phone_that_scans_an_answer_is_told_what_to_do_with_it(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, outside: FlaskClient
) -> None:
    decide(house, facilitator, share("Een bankje."))
    printing.printed(house, workshop, SLIPS)
    (slip,) = slips_of(house, workshop)
    page = outside.get(f"/{slip.number}W2{slip.key}", follow_redirects=True)
    assert "Dit is het antwoord op een idee." in page.text
    assert "Een bankje." not in page.text


def test_the_command_line_prints_the_same_and_says_what_needed_larger_paper(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, tmp_path: Path
) -> None:
    idea = share("Een bankje.")
    decide(house, facilitator, idea, reason="De keuken wordt verbouwd. " * 20)
    command = ["answers", "--data", str(house.settings.data), "--workshop", workshop.name, "--format", "a6"]
    run = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "answers.pdf")])
    assert run.exit_code == 0, run.output
    assert f"Idea {idea.nr} says too much for a6" in run.output
    made = printing.printed(house, workshop, SLIPS | {"again": True})[0]
    assert made.pdf == (tmp_path / "answers.pdf").read_bytes()
    assert made.name.endswith("answers-a6-1-larger.pdf")
    refused = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "none.pdf")])
    assert refused.exit_code == 2
    assert "no answers to print" in refused.output
    wrong = CliRunner().invoke(main, [*command, "--meeting", "99", "-o", str(tmp_path / "none.pdf")])
    assert wrong.exit_code == 2
    assert not (tmp_path / "none.pdf").exists()


def test_a_face_counts_only_when_it_is_the_only_one_and_clear() -> None:
    assert answer_slips.face({"yes": "no", "little": "yes", "no": "no"}) == 2
    assert answer_slips.face({"yes": "yes", "little": "no", "no": "yes"}) is None
    assert answer_slips.face({"yes": "yes", "little": "doubt", "no": "no"}) is None
    assert answer_slips.face({}) is None
