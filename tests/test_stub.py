"""The stub: whoever kept it sees, adds, chooses and takes back; nobody else can, whatever else they know."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from print.forms import STUB
from print.numbers import with_check
from tests import piles
from tests.conftest import Visit
from tests.phone import text
from workshop import clock, reading
from workshop.domain import curating, ideas, misses, paper, paper_erasing, photographed, slips, stacks, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.slips import Slip
from workshop.domain.stacks import Brought
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.jobs import Jobs


@pytest.fixture
def slip(house: House, workshop: Workshop) -> Slip:
    """One idea card of the workshop."""
    return of_number(house, piles.numbers(house, workshop, count=1)[0])


@pytest.fixture
def holder(visit: Visit, slip: Slip) -> FlaskClient:
    """The phone that scanned the stub."""
    phone = visit()
    answer = phone.get(f"/{slip.number}{STUB}{slip.stub_key}")
    assert answer.headers["Location"] == f"/strookje/{slip.number}"
    return phone


def of_number(house: House, number: str) -> Slip:
    found = house.store.read(slips.by_number, number)
    assert found
    return found


def idea_of(house: House, slip: Slip) -> Idea:
    found = house.store.read(paper.idea_of, slip.number)
    assert found
    return found


def on_paper(house: House, workshop: Workshop, slip: Slip) -> Idea:
    """Let the card come back through the copier."""
    pile = piles.scanned([piles.written(house, [slip.number], piles.A6)])
    piles.read(house, piles.brought(house, workshop, pile))
    return idea_of(house, slip)


def use(phone: FlaskClient, slip: Slip, what: str, **fields: str) -> str:
    """Press a button of the stub page; return the words of the page that follows."""
    return text(phone.post(f"/strookje/{slip.number}", data={"wat": what} | fields, follow_redirects=True))


def test_a_scanned_stub_says_that_the_card_is_not_back_yet(holder: FlaskClient, slip: Slip) -> None:
    page = text(holder.get(f"/strookje/{slip.number}"))
    assert "Nog niet binnen" in page
    assert "Uw kaart is nog niet binnen. Dat is goed. Geef hem aan de begeleider." in page
    assert "Bel Marijke: 06 12 34 56 78" in page


def test_the_secret_leaves_the_address_at_once(holder: FlaskClient, slip: Slip) -> None:
    assert slip.stub_key not in holder.get(f"/strookje/{slip.number}").text


@pytest.mark.parametrize("shape", [str.upper, str.title, lambda said: said.replace(" ", "  "), lambda s: f" {s} "])
def test_number_and_words_open_the_same_page_however_they_are_typed(
    outside: FlaskClient, slip: Slip, shape: type[str]
) -> None:
    number = f"{slip.number[:4]} {slip.number[4:]}"
    first = outside.post("/", data={"nummer": number})
    assert first.headers["Location"] == f"/strookje/{slip.number}"
    asked = outside.get(first.headers["Location"])
    assert f'value="{number}"' in asked.text
    answer = outside.post("/strookje", data={"nummer": number, "woorden": shape(slip.stub_words)})
    assert answer.status_code == 303
    assert "Nog niet binnen" in text(outside.get(answer.headers["Location"]))


def test_a_number_alone_shows_nothing_and_changes_nothing(
    outside: FlaskClient, in_group: FlaskClient, house: House, slip: Slip
) -> None:
    house.store.write(paper.type_by_maker, slip, "Een geheim bankje", "group")
    for phone in (outside, in_group):
        phone.get(f"/{slip.number}C1{slip.key}")
        for what in ("erbij", "zien", "weg", "terug"):
            fields = {"idee": "Iets anders", "zien": "everyone"}
            answer = phone.post(f"/strookje/{slip.number}", data={"wat": what} | fields)
            assert answer.status_code == 403
            assert "Een geheim bankje" not in answer.text
        assert "Een geheim bankje" not in phone.get(f"/strookje/{slip.number}").text
        assert "Een geheim bankje" not in phone.get(f"/ideekaart/{slip.number}").text
    idea = idea_of(house, slip)
    assert (idea.words, idea.visibility, idea.withdrawn_at, idea.version) == ("Een geheim bankje", "group", None, 1)


def test_a_wrong_key_in_a_stub_code_opens_nothing(outside: FlaskClient, slip: Slip) -> None:
    wrong = slip.stub_key[::-1] if slip.stub_key[::-1] != slip.stub_key else "A" * 10
    answer = outside.get(f"/{slip.number}{STUB}{wrong}")
    assert answer.status_code == 404
    assert "Deze code kennen we niet." in text(answer)
    assert "Set-Cookie" not in answer.headers
    outside.set_cookie("papier", f"{slip.number}{STUB}{wrong}", domain="werkplaats.nl")
    assert "De drie woorden" in text(outside.get(f"/strookje/{slip.number}"))


def test_wrong_words_say_what_to_check_and_unknown_numbers_say_the_same(outside: FlaskClient, slip: Slip) -> None:
    wrong = outside.post("/strookje", data={"nummer": slip.number, "woorden": "boom anker vis"})
    unknown = outside.post("/strookje", data={"nummer": with_check("1000000"), "woorden": "boom anker vis"})
    assert wrong.status_code == unknown.status_code == 404
    assert "Dit nummer en deze woorden horen niet bij elkaar. Kijk ze allebei nog eens na." in text(wrong)
    assert text(wrong) == text(unknown)
    assert 'value="boom anker vis"' in wrong.text


def test_a_wrong_digit_and_missing_words_are_told_beside_their_field(outside: FlaskClient, slip: Slip) -> None:
    digit = outside.post("/strookje", data={"nummer": "27419635", "woorden": slip.stub_words})
    assert "Het zijn acht cijfers." in text(digit)
    assert f'value="{slip.stub_words}"' in digit.text
    assert "Typ ook de drie woorden" in text(outside.post("/strookje", data={"nummer": slip.number}))


def test_guessing_words_has_a_budget_per_device_and_per_number(visit: Visit, house: House, slip: Slip) -> None:
    def tries(phone: FlaskClient, words: str) -> str:
        return text(phone.post("/strookje", data={"nummer": slip.number, "woorden": words}, follow_redirects=True))

    guesser, other = visit(), visit()
    for _ in range(misses.STUBS_PER_DEVICE):
        assert "horen niet bij elkaar" in tries(guesser, "boom anker vis")
    assert "te veel verkeerde woorden" in tries(guesser, slip.stub_words)
    assert "Nog niet binnen" in tries(other, slip.stub_words), "another phone is not held up yet"
    for _ in range(misses.STUBS_PER_NUMBER - misses.STUBS_PER_DEVICE):
        tries(visit(), "boom anker vis")
    assert "te veel verkeerde woorden" in tries(visit(), slip.stub_words)
    scanned = visit().get(f"/{slip.number}{STUB}{slip.stub_key}", follow_redirects=True)
    assert "Nog niet binnen" in text(scanned), "the code needs no budget"
    clock.shift(minutes=misses_minutes())
    assert "Nog niet binnen" in tries(guesser, slip.stub_words)
    with house.store.reading() as tx:
        assert misses.count(tx, "stub", minutes=60, subject=slip.number) == misses.STUBS_PER_NUMBER


def misses_minutes() -> int:
    from workshop.public import stub

    return stub.MINUTES + 1


def test_the_holder_sees_their_own_picture_and_nobody_else_does(
    holder: FlaskClient, outside: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    idea = on_paper(house, workshop, slip)
    page = holder.get(f"/strookje/{slip.number}")
    assert "Wordt overgetypt" in text(page)
    assert "Iemand typt uw woorden nog over." in text(page)
    address = f"/strookje/{slip.number}/foto/{idea.pictures[0].id}"
    assert address in page.text
    assert holder.get(address).data == house.files.read(idea.pictures[0].file)
    assert outside.get(address).status_code == 404
    assert holder.get(f"/strookje/{slip.number}/foto/x").status_code == 404


def test_the_page_tells_each_status_in_plain_words(
    holder: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator, slip: Slip
) -> None:
    def page() -> str:
        return text(holder.get(f"/strookje/{slip.number}"))

    on_paper(house, workshop, slip)
    write, who = house.store.write, facilitator.id
    write(paper.type_over, idea_of(house, slip), who, "Een bankje", {}, "typed")
    assert "Ontvangen" in page()
    write(curating.read, idea_of(house, slip), who)
    assert "Gelezen" in page()
    write(curating.put_on_wall, idea_of(house, slip), who)
    assert "Op de muur" in page()
    write(curating.set_aside, idea_of(house, slip), who, "Hier kan deze werkplaats nu niets aan doen.")
    assert "Niet nu" in page()
    assert "Waarom niet nu? Hier kan deze werkplaats nu niets aan doen." in page()


def test_when_the_desk_cannot_read_it_the_maker_is_asked_kindly(
    holder: FlaskClient, house: House, workshop: Workshop, facilitator: Facilitator, slip: Slip
) -> None:
    on_paper(house, workshop, slip)
    house.store.write(paper.type_over, idea_of(house, slip), facilitator.id, "", {}, "ask_maker")
    page = text(holder.get(f"/strookje/{slip.number}"))
    assert "We kunnen uw handschrift niet goed lezen. Wilt u hier typen wat er staat?" in page
    assert "Dank u wel. Het is bewaard." in use(holder, slip, "erbij", idee="Samen koken op zondag")
    idea = idea_of(house, slip)
    assert (idea.words, idea.typing) == ("Samen koken op zondag", "")
    assert "handschrift" not in text(holder.get(f"/strookje/{slip.number}"))


def test_adding_twice_is_adding_once_and_what_is_added_is_read_before_it_is_shown(
    holder: FlaskClient, house: House, facilitator: Facilitator, slip: Slip
) -> None:
    house.store.write(paper.type_by_maker, slip, "Een bankje", "everyone")
    house.store.write(curating.put_on_wall, idea_of(house, slip), facilitator.id)
    for _ in range(2):
        use(holder, slip, "erbij", idee="En een tafel")
    idea = idea_of(house, slip)
    assert (idea.words, idea.own_words) == ("Een bankje\n\nEn een tafel",) * 2
    assert idea.status == "received", "a person looks before everyone sees the new words"


def test_the_holder_may_type_before_the_paper_is_back(holder: FlaskClient, house: House, slip: Slip) -> None:
    use(holder, slip, "erbij", idee="Een bankje")
    assert (idea_of(house, slip).words, idea_of(house, slip).visibility) == ("Een bankje", "group")


def test_what_is_wrong_is_told_and_the_words_stay(holder: FlaskClient, house: House, slip: Slip) -> None:
    assert "U heeft nog niets opgeschreven." in use(holder, slip, "erbij", idee=" ")
    long = holder.post(f"/strookje/{slip.number}", data={"wat": "erbij", "idee": "w" * 2001})
    assert long.status_code == 422
    assert "w" * 2001 in long.text


def test_the_holder_chooses_who_may_see_it_and_a_doubtful_tick_is_asked(
    holder: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    idea = on_paper(house, workshop, slip)
    house.store.write(ideas.apply, idea, "maker", "seen", asked="doubt")
    assert "We zien uw kruisje niet goed." in text(holder.get(f"/strookje/{slip.number}"))
    assert "Het is veranderd." in use(holder, slip, "zien", zien="everyone")
    assert (idea_of(house, slip).visibility, idea_of(house, slip).asked) == ("everyone", "")
    use(holder, slip, "zien", zien="iets raars")
    assert idea_of(house, slip).visibility == "everyone"


def test_taking_back_can_be_undone_until_it_is_erased(holder: FlaskClient, house: House, slip: Slip) -> None:
    house.store.write(paper.type_by_maker, slip, "Een bankje", "group")
    assert "Uw idee is weg." in use(holder, slip, "weg")
    use(holder, slip, "erbij", idee="Stiekem erbij")
    assert "Uw idee staat er weer." in use(holder, slip, "terug")
    assert idea_of(house, slip).words == "Een bankje"
    use(holder, slip, "weg")
    clock.shift(minutes=31)
    Jobs(house)._tidy()
    assert "Uw idee is gewist." in text(holder.get(f"/strookje/{slip.number}"))
    assert "Uw idee is gewist." in use(holder, slip, "terug")
    assert "Een bankje" not in piles.every_word(house).decode("latin-1")


def test_a_card_taken_back_on_its_way_is_not_taken_in_and_comes_after_all_when_put_back(
    holder: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    use(holder, slip, "weg")
    pile = piles.scanned([piles.written(house, [slip.number], piles.A6)])
    piles.read(house, piles.brought(house, workshop, pile))
    assert house.store.read(paper.idea_of, slip.number) is None
    use(holder, slip, "terug")
    assert len(idea_of(house, slip).pictures) == 1


def test_half_an_hour_after_taking_back_no_byte_of_it_is_left(
    holder: FlaskClient, visit: Visit, house: House, workshop: Workshop, slip: Slip
) -> None:
    """Photographed once well and once unreadably, scanned in a stack with a neighbour, and typed."""
    phone = visit()
    phone.get(f"/{slip.number}C1{slip.key}")
    good = piles.scanned([piles.written(house, [slip.number], piles.A6)], seed=9)
    blurred = piles.scanned([[]])
    for photo in (good, blurred):
        sent = {"foto": (io.BytesIO(photo), "foto.pdf")}
        phone.post(f"/ideekaart/{slip.number}/foto", data=sent, content_type="multipart/form-data")
    neighbour = next(one for one in piles.numbers(house, workshop, count=2) if one != slip.number)
    pile = piles.scanned([piles.written(house, [slip.number, neighbour], piles.A6)])
    piles.brought(house, workshop, pile)
    for key in house.store.read(stacks.undone):
        claimed = house.store.write(stacks.claim, key)
        assert claimed
        reading.read(house, claimed)
    use(holder, slip, "erbij", idee="Een bankje bij de vijver")
    seen = house.store.read(stacks.sightings_of, slip.number)
    pages = house.store.read(paper_erasing.pages_with, slip.number)
    canaries = [house.files.read(name) for one in seen for name in (one.crop, one.idea_crop)]
    canaries += [house.files.read(page.picture) for page, _ in pages]
    canaries += [good, blurred, pile, b"Een bankje bij de vijver"]
    before = piles.every_word(house)
    assert len(seen) == 2
    assert all(canary in before for canary in canaries)
    use(holder, slip, "weg")
    clock.shift(minutes=31)
    Jobs(house)._tidy()
    after = piles.every_word(house)
    assert not [place for place, canary in enumerate(canaries) if canary in after]
    kept = house.store.read(stacks.sightings_of, neighbour)[0]
    assert house.files.there(kept.idea_crop), "the neighbour on the same page stays"


def test_a_closed_workshop_lets_the_holder_look_choose_and_take_back_but_not_add(
    holder: FlaskClient, house: House, workshop: Workshop, slip: Slip
) -> None:
    house.store.write(paper.type_by_maker, slip, "Een bankje", "group")
    house.store.write(workshops.close, workshop.id)
    assert "Deze werkplaats is gesloten." in use(holder, slip, "erbij", idee="Een tafel")
    use(holder, slip, "zien", zien="everyone")
    assert idea_of(house, slip).visibility == "everyone"
    assert "Uw idee is weg." in use(holder, slip, "weg")


def test_a_borrowed_phone_can_forget_the_stub(holder: FlaskClient, slip: Slip) -> None:
    use(holder, slip, "klaar")
    assert "De drie woorden" in text(holder.get(f"/strookje/{slip.number}"))


def test_words_typed_when_the_stub_was_forgotten_are_not_lost(outside: FlaskClient, slip: Slip) -> None:
    answer = outside.post(f"/strookje/{slip.number}", data={"wat": "erbij", "idee": "Een lang verhaal"})
    assert "Een lang verhaal" in text(answer)


def test_the_mark_of_a_device_is_needed_for_the_budget_only(house: House, slip: Slip) -> None:
    file = Brought("een", house.files.keep(b"foto", "scan"), 4)
    stack = house.store.write(photographed.bring, slip, "x" * 43, file)
    clock.shift(days=2)
    house.store.write(photographed.forget_devices)
    with house.store.reading() as tx:
        assert tx.photographed.count_since(since="", slip=None, device="x" * 43) == 0
        assert tx.photographed.slip_of(id=stack.id) == slip.number
