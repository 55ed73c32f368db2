"""What came of it, on phones and at the desk: who may open a page, what stands on it, and the way to it."""

from __future__ import annotations

import html
import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.conftest import Visit
from tests.desk_people import Share, Someone, bram, now
from tests.desk_people import anna as anna
from tests.desk_people import share as share
from tests.desk_people import someone as someone
from tests.newspaper import drawing
from tests.phone import text
from workshop import clock, ids
from workshop.domain import answers, decisions, joining, orders, results, staying, trajectory, workshops
from workshop.domain.decisions import Plan
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture
from workshop.domain.results import Draft, Result
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.pictures import clean


def make(
    house: House, workshop: Workshop, who: Facilitator, *found: Idea, open_it: bool = True, **more: object
) -> Result:
    numbers = tuple(one.nr for one in found)
    draft = Draft("De koffietuin", "Er is koffie.", ideas=numbers, **more)  # type: ignore[arg-type]
    made = house.store.write(results.make, workshop.id, draft, who.id)
    if open_it:
        house.store.write(results.publish, made, who.id)
    return as_now(house, made)


def as_now(house: House, result: Result) -> Result:
    return house.store.read(results.find, result.workshop_id, result.id)


def all_shown(house: House, workshop: Workshop) -> None:
    house.store.write(trajectory.turn, workshop, "workshop", 5)


def form(result: Result, **more: object) -> dict[str, object]:
    """Return what the form of a result sends."""
    texts = {"in.titel": result.title, "in.verhaal": result.story, "in.alt": result.picture_alt}
    rest = {"ideeen": ", ".join(map(str, result.ideas)), "voor": result.audience, "versie": str(result.version)}
    return texts | rest | more


def desk(result: Result, more: str = "") -> str:
    return f"/bureau/{result.workshop_id}/resultaten/{result.id}{more}"


def publish(client: FlaskClient, result: Result, **words: str) -> str:
    """Look at who reads what, and publish that; return where one comes then."""
    page = client.get(desk(result, "/publiceren")).text
    seen = re.search(r'name="gezien" value="([^"]+)"', page)
    assert seen
    return client.post(desk(result, "/publiceren"), data={"gezien": seen[1], **words}).location or ""


def step_in(page: str) -> str:
    """Return the step that a page offers to undo."""
    found = re.search(r'name="stap" value="([^"]+)"', page)
    assert found
    return found[1]


def undo(client: FlaskClient, result: Result, step: str) -> TestResponse:
    return client.post(desk(result, "/ongedaan"), data={"stap": step})


def test_a_page_for_everyone_opens_for_who_has_its_address(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, outside: FlaskClient
) -> None:
    found = (share("Een tuin.", "everyone_named", maker="Riet"), share("Alleen wij.", "group", maker="Wim"))
    result = make(house, workshop, facilitator, *found, audience="everyone", learned="Rust helpt.")
    page = text(outside.get(f"/resultaat/{result.key.lower()}"))
    for part in (
        "De koffietuin",
        "Er is koffie.",
        "Riet en 1 mens zonder naam",
        "Rust helpt.",
        "Een tuin.",
        "van Riet",
    ):
        assert part in page
    assert "En uit 1 idee dat in de groep blijft." in page
    assert "Alleen wij" not in page
    assert "Wim" not in page


def test_a_page_for_the_group_opens_only_on_a_phone_of_the_group(
    house: House,
    workshop: Workshop,
    facilitator: Facilitator,
    share: Share,
    in_group: FlaskClient,
    outside: FlaskClient,
) -> None:
    result = make(house, workshop, facilitator, share("Alleen wij.", "group"))
    assert "Alleen wij." in text(in_group.get(f"/resultaat/{result.key}"))
    kept_out = outside.get(f"/resultaat/{result.key}")
    assert kept_out.status_code == 403
    assert "Deze pagina is voor de groep" in kept_out.text
    for secret in ("koffietuin", "koffie", "Alleen wij"):
        assert secret not in kept_out.text


@pytest.mark.parametrize("state", ["made", "removed", "undone", "unknown"])
def test_a_page_that_is_not_published_is_not_there(
    house: House, workshop: Workshop, facilitator: Facilitator, in_group: FlaskClient, state: str
) -> None:
    result = make(house, workshop, facilitator, open_it=state in ("removed", "undone"))
    if state == "removed":
        house.store.write(results.remove, result, facilitator.id)
    if state == "undone":
        done = house.store.read(results.last_done, result)
        assert done
        house.store.write(results.undo, result, facilitator.id, done.id)
    key = "K7Q2M9XT4R" if state == "unknown" else result.key
    assert in_group.get(f"/resultaat/{key}").status_code == 404
    assert in_group.get(f"/resultaat/{key}/foto").status_code == 404


def test_what_stays_in_the_group_is_on_no_page(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, in_group: FlaskClient
) -> None:
    secret = share("Mijn verdriet.")
    result = make(house, workshop, facilitator, secret)
    house.store.write(lambda tx: staying.mark(tx, now(house, secret), facilitator.id))
    page = text(in_group.get(f"/resultaat/{result.key}"))
    assert "verdriet" not in page
    assert "Uit 1 idee dat in de groep blijft." in page


def test_pictures_are_given_only_with_what_is_quoted(
    house: House,
    workshop: Workshop,
    facilitator: Facilitator,
    share: Share,
    outside: FlaskClient,
    in_group: FlaskClient,
) -> None:
    def kept() -> Picture:
        cleaned = clean(drawing(600, 400))
        return Picture(ids.new(), house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)

    shown, hidden = kept(), kept()
    found = (share("Met foto.", pictures=(shown,)), share("Van ons.", "group", pictures=(hidden,)))
    result = make(house, workshop, facilitator, *found, audience="everyone", picture=shown.file, picture_alt="Een tuin")
    at = f"/resultaat/{result.key}/foto"
    assert outside.get(at).mimetype == "image/jpeg"
    assert outside.get(f"{at}/{shown.id}").mimetype == "image/jpeg"
    assert outside.get(f"{at}/{hidden.id}").status_code == 404
    assert in_group.get(f"{at}/{hidden.id}").status_code == 404
    assert "Een tuin" in outside.get(f"/resultaat/{result.key}").text


def test_a_card_and_the_number_page_lead_to_what_came_of_it(
    house: House,
    workshop: Workshop,
    facilitator: Facilitator,
    door: Door,
    in_group: FlaskClient,
    outside: FlaskClient,
) -> None:
    ours = make(house, workshop, facilitator)
    theirs = house.store.write(results.make, workshop.id, Draft("De soepdag", audience="everyone"), facilitator.id)
    house.store.write(results.publish, theirs, facilitator.id)
    for path in (f"/{door.number}", "/"):
        assert "Dit is ervan gekomen" not in in_group.get(path).text
    all_shown(house, workshop)
    for path in (f"/{door.number}", "/"):
        inside, passing = in_group.get(path).text, outside.get(path).text
        assert f"/resultaat/{ours.key}" in inside
        assert f"/resultaat/{theirs.key}" in inside
        assert f"/resultaat/{theirs.key}" in passing
        assert ours.key not in passing


def test_a_page_says_what_every_page_says(
    house: House, workshop: Workshop, facilitator: Facilitator, outside: FlaskClient, visit: Visit
) -> None:
    result = make(house, workshop, facilitator, audience="everyone")
    answer = outside.get(f"/resultaat/{result.key}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Bel Marijke" in text(answer)
    assert "This is what came of it" in visit().get(f"/resultaat/{result.key}?taal=en").text


def test_words_of_others_are_words_and_nothing_else(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, outside: FlaskClient
) -> None:
    bad = "<img src=x onerror=alert(1)>"
    result = make(house, workshop, facilitator, share(bad, "everyone_named", maker=bad), audience="everyone")
    page = outside.get(f"/resultaat/{result.key}").text
    assert bad not in page
    assert html.escape(bad) in page


def test_at_the_desk_a_result_is_made_written_looked_at_and_published(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    one, two = share("Een tuin."), share("Koffie buiten.")
    joined = house.store.write(joining.join, workshop.id, [one.id, two.id], "", facilitator.id)
    at = f"/bureau/{workshop.id}/resultaten"
    sent = {"in.titel": "De koffietuin", "ideeen": f"{joined.nr}"}
    first, again = anna.post(at, data=sent), anna.post(at, data=sent)
    assert first.location == again.location
    (result,) = house.store.read(results.of_workshop, workshop.id)
    photo = FileStorage(io.BytesIO(drawing()), "tuin.jpg")
    saved = anna.post(
        desk(result), data=form(result, **{"in.verhaal": "Er is koffie.", "in.alt": "Banken", "foto": photo})
    )
    assert "gedaan=bewaard" in saved.location
    result = as_now(house, result)
    assert anna.get(desk(result, "/foto")).mimetype == "image/jpeg"
    check = text(anna.get(desk(result, "/publiceren")))
    assert "2 makers horen wat ervan kwam" in check
    assert f"Idee {one.nr}: “Een tuin.”" in check
    assert "Dit is ervan gekomen: De koffietuin. Er is koffie." in check
    where = publish(anna, result, **{"in.reden": "De tuin is er.", "in.vervolg": ""})
    assert "aantal=2" in where
    page = text(anna.get(where))
    assert "2 makers hebben nu antwoord." in page
    assert house.store.read(answers.of_idea, now(house, one))[0].decision.reason == "De tuin is er."
    step = step_in(anna.get(where).text)
    assert "gedaan=ongedaan" in undo(anna, result, step).location
    assert house.store.read(answers.of_idea, now(house, one)) == []
    assert "gedaan=ongedaan" in undo(anna, result, step).location, "twice is once: nobody is told again"
    assert house.store.read(answers.of_idea, now(house, one)) == []


def test_an_undo_that_comes_too_late_says_so_and_shows_what_somebody_else_wrote(
    house: House, workshop: Workshop, facilitator: Facilitator, anna: FlaskClient
) -> None:
    result = make(house, workshop, facilitator)
    saved = anna.post(desk(result), data=form(result, **{"in.verhaal": "Er is thee."}))
    step = step_in(anna.get(saved.location).text)
    house.store.write(results.change, as_now(house, result), Draft("De soeptuin"), bram(house))
    assert 'name="stap"' not in anna.get(saved.location).text, "what somebody else did is not offered as one's own"
    late = undo(anna, result, step)
    assert late.status_code == 409
    assert "Er is daarna nog iets veranderd. Er is niets ongedaan gemaakt." in text(late)
    assert as_now(house, result).title == "De soeptuin"


def test_nothing_is_published_when_something_changed_since_it_was_looked_at(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    one = share("Een tuin.")
    result = make(house, workshop, facilitator, one, open_it=False)
    seen = re.search(r'name="gezien" value="([^"]+)"', anna.get(desk(result, "/publiceren")).text)
    share("Met thee.", about_id=one.id)
    assert seen
    answer = anna.post(desk(result, "/publiceren"), data={"gezien": seen[1], "in.reden": "Mijn woorden."})
    assert answer.status_code == 409
    assert "Er veranderde net iets." in answer.text
    assert "Mijn woorden." in answer.text
    assert as_now(house, result).published_at is None


def test_two_people_who_write_at_once_see_both_texts(
    house: House, workshop: Workshop, facilitator: Facilitator, anna: FlaskClient
) -> None:
    result = make(house, workshop, facilitator, open_it=False)
    house.store.write(results.change, result, Draft("De theetuin", "Er is thee."), bram(house))
    answer = anna.post(desk(result), data=form(result, **{"in.titel": "De soeptuin"}))
    assert answer.status_code == 409
    assert "Nu staat er: De theetuin" in answer.text
    assert 'value="De soeptuin"' in answer.text
    assert as_now(house, result).title == "De theetuin"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"in.titel": ""}, "Geef het resultaat een naam."),
        ({"ideeen": "12345"}, "Idee 12345 is er niet."),
        ({"in.verhaal": "x" * 1501}, "Neem hooguit 1500 tekens."),
        ({"foto": "geen foto"}, "Dit bestand is geen plaatje dat we kennen."),
    ],
)
def test_what_is_not_right_is_said_and_what_was_typed_stays(
    house: House, workshop: Workshop, facilitator: Facilitator, anna: FlaskClient, sent: dict[str, object], said: str
) -> None:
    result = make(house, workshop, facilitator, open_it=False)
    if "foto" in sent:
        sent = {"foto": FileStorage(io.BytesIO(b"geen foto"), "x.jpg"), "in.alt": "Iets"}
    answer = anna.post(desk(result), data=form(result, **{"in.leerden": "Blijft staan."} | sent))
    assert answer.status_code == 400
    assert said in answer.text
    assert "Blijft staan." in answer.text
    assert as_now(house, result) == result


def test_the_check_says_who_knows_already_and_what_else_was_prepared(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    one, two = share("Een tuin."), share("Koffie.")
    result = make(house, workshop, facilitator, one)
    house.store.write(decisions.prepare, now(house, two), Plan("keep", "Later."), facilitator.id)
    added = share("Met thee.", about_id=one.id)
    house.store.write(results.change, result, Draft("De koffietuin", ideas=(one.nr, two.nr)), facilitator.id)
    page = text(anna.get(desk(result, "/publiceren")))
    assert "1 maker weet het al en krijgt niets nieuws." in page
    assert "Voor dit idee is een ander besluit voorbereid." in page
    assert f"Idee {added.nr}: “Met thee.”" in page
    assert "vulde aan" in page
    assert "leest dezelfde woorden als toen" in page


def test_a_result_that_was_taken_away_comes_back(
    house: House, workshop: Workshop, facilitator: Facilitator, anna: FlaskClient
) -> None:
    result = make(house, workshop, facilitator)
    gone = anna.post(desk(result, "/weg"))
    page = anna.get(gone.location).text
    assert "Het resultaat is weg." in page
    undo(anna, result, step_in(page))
    assert as_now(house, result).removed_at is None


def test_posters_cards_and_an_exhibition_are_ordered_at_the_desk(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    result = make(house, workshop, facilitator, share("Een tuin."), audience="everyone")
    anna.post(desk(result, "/printen"), data={"vorm": "2xa4"})
    anna.post(desk(result, "/printen"), data={"kaarten": "ja", "maat": "a6"})
    anna.post(f"/bureau/{workshop.id}/resultaten/printen", data={"tentoonstelling": "ja"})
    placed = [one.what for one in house.store.read(orders.of_workshop, workshop.id)]
    assert [(one["document"], one.get("format"), one.get("size")) for one in placed] == [
        ("exhibition", "a3", "a5"),
        ("stories", None, "a6"),
        ("result", "2xa4", None),
    ]


def test_what_cannot_be_printed_is_said_before_it_is_ordered(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, anna: FlaskClient
) -> None:
    make(house, workshop, facilitator, share("Alleen wij.", "group"))
    at = f"/bureau/{workshop.id}/resultaten/printen"
    assert "Er is nog niets gepubliceerd voor deze lezers." in anna.post(at, data={"tentoonstelling": "ja"}).text
    assert "Deze ideeën mogen niet naar buiten." in anna.post(at, data={"kaarten-van": "1"}).text
    assert "Idee 99 is er niet." in anna.post(at, data={"kaarten-van": "99"}).text
    assert house.store.read(orders.of_workshop, workshop.id) == []


def test_who_looks_along_reads_and_changes_nothing(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, someone: Someone
) -> None:
    clock.shift(minutes=-5)
    house.store.write(workshops.hide, workshop.id)
    clock.shift()
    result = make(house, workshop, facilitator, share("Nog geheim."), open_it=False)
    watching = someone("observer")
    for path in (desk(result), desk(result, "/publiceren"), f"/bureau/{workshop.id}/resultaten"):
        page = watching.get(path)
        assert page.status_code == 200
        assert "Nog geheim." not in page.text
    assert watching.post(desk(result), data=form(result)).status_code == 403
