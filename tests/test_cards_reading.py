"""Reading a card file: what comes out of a good one, and what is said about a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cards.card import Block, Card
from cards.finding import CardError, Finding
from cards.reading import MAX_BYTES, parse_card, read_card

DECKS = Path(__file__).parent.parent / "cards" / "decks"
GOOD = (DECKS / "samen-ontwerpen" / "nl" / "10-stickers-plakken.md").read_text(encoding="utf-8")
FACTS, BODY = GOOD.removeprefix("---\n").split("\n---\n")
FIRST = FACTS.count("\n") + 4  # the line below the facts
HERE = Path("kaart.md")


def complaint(text: str) -> str:
    """Return the first thing that is said about a card."""
    with pytest.raises(CardError) as refusal:
        parse_card(text, HERE)
    return str(refusal.value.findings[0])


def with_body(body: str) -> str:
    return f"---\n{FACTS}\n---\n{body}"


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def steps(card: Card) -> Block:
    return next(section for section in card.sections if section.key == "steps").blocks[0]


def test_a_card_is_read_with_its_facts_and_its_words() -> None:
    card = parse_card(GOOD, HERE)
    assert (card.title, card.number, card.size) == ("Stickers plakken", 10, "A5")
    assert (card.duration.min, card.duration.max, card.group.ideal) == (15, 25, 12)
    assert card.share is not None
    assert card.share.question == "Welk idee koos u en waarom?"
    assert steps(card).texts()[1] == "U krijgt drie stickers."


def test_the_front_is_to_choose_and_the_back_is_to_do() -> None:
    card = parse_card(GOOD, HERE)
    assert [section.key for section in card.on("front")] == ["invitation"]
    back = ["steps", "questions", "tip", "another_way", "look_back"]
    assert [section.key for section in card.on("back")] == back


def test_lines_point_into_the_file() -> None:
    card = parse_card(GOOD, HERE)
    lines = GOOD.split("\n")
    assert lines[card.lines["share.question"] - 1] == "  question: Welk idee koos u en waarom?"
    assert lines[card.lines["materials.1"] - 1].startswith("materials:")
    assert [lines[item[0].line - 1][:2] for item in steps(card).items] == ["1.", "2.", "3.", "4.", "5."]


def test_a_paragraph_over_two_lines_is_one_paragraph_that_remembers_both_lines() -> None:
    card = parse_card(with_body("## Tip\nEen lange\nzin.\n"), HERE)
    paragraph = card.sections[0].blocks[0]
    assert paragraph.texts() == ["Een lange zin."]
    assert [run.line for run in paragraph.items[0] if run.text.strip()] == [FIRST + 1, FIRST + 2]


def test_bold_words_stay_bold() -> None:
    card = parse_card(with_body("## Tip\nTik **hier** op.\n"), HERE)
    assert [(run.text, run.strong) for run in card.sections[0].blocks[0].items[0]] == [
        ("Tik ", False),
        ("hier", True),
        (" op.", False),
    ]


def test_a_heading_may_hold_a_merge_field() -> None:
    card = read_card(DECKS / "terugkoppeling" / "nl" / "01-dit-gebeurt-er-met-uw-idee.md")
    assert card.sections[0].heading == "Beste {name}"
    assert card.sections[0].face == "front"


def test_every_fact_is_text_until_the_card_knows_better() -> None:
    assert parse_card(changed("title: Stickers plakken", "title: 1984"), HERE).title == "1984"
    assert parse_card(changed("title: Stickers plakken", "title: nee"), HERE).title == "nee"


def test_two_cards_that_say_the_same_have_one_digest_wherever_their_lines_stand() -> None:
    moved = changed("\n## Tip", "\n\n\n## Tip")
    assert parse_card(moved, Path("elders.md")).digest == parse_card(GOOD, HERE).digest
    other = changed("Tel samen.", "Tel alles.")
    assert parse_card(other, HERE).digest != parse_card(GOOD, HERE).digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Stickers plakken\n", "", "kaart.md:1: `title` is missing. Add a line `title: …`."),
        ("\ntitle:", "\ntittle: Plakken\ntitle:", "kaart.md:5: a card has no `tittle`. Write `title`."),
        ("number: 10", "number: tien", "kaart.md:7: `number` should be a whole number"),
        ("number: 10", "number: 0", "kaart.md:7: `number` is not a sensible number. It is at least 1."),
        ("size: A5", "size: A3", "kaart.md:10: `size` is not one of the words it may be. Choose 'A5' or 'A6'."),
        ("read: some", "read: veel", "kaart.md:15: `effort.read` is not one of the words"),
        ("{min: 15, max: 25}", "{min: 25, max: 15}", "kaart.md:12: in `duration`, min is larger than max"),
        ("ideal: 12", "ideal: 30", "kaart.md:13: in `group`, ideal does not lie between min and max"),
        (
            "nine_steps: [6]",
            "nine_steps: [10]",
            "kaart.md:16: `nine_steps.0` is not a sensible number. It is at most 9",
        ),
        ("kinds: [photo, text]", "kinds: [film]", "kaart.md:24: `share.kinds.0` is not one of the words"),
        ("id: samen-ontwerpen/10-", "id: ../../", "kaart.md:3: `id` is not written the way it should be"),
        ("materials: [ideeën", "materials: &a [ideeën", "kaart.md:19: the facts use `&` or `!`"),
        ("seated: true", "seated: !!python/name:os.system", "kaart.md:14: the facts use `&` or `!`"),
        ("seated: true", "seated: [[[[1]]]]", "kaart.md:14: the facts have lists inside lists inside lists"),
        ("seated: true", "seated: true\nseated: false", "kaart.md:15: `seated` is written twice"),
        ("purpose: Samen", "purpose: Samen: ", "kaart.md:18: these facts are not written as YAML"),
        ("title: Stickers plakken", 'title: "Stickers\\u202eplakken"', "kaart.md:5: this line holds an invisible"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_line_and_a_cure(old: str, new: str, said: str) -> None:
    assert complaint(changed(old, new)).startswith(said)


@pytest.mark.parametrize(
    ("body", "row", "said"),
    [
        ("", 1, "this card has no words"),
        ("Zomaar.\n\n## Tip\nJa.", 1, "there are words above the first heading"),
        ("## Tipp\nJa.", 1, "no card has the heading `Tipp`. Write `## Tip`."),
        ("## Tip\n", 1, "nothing stands under `Tip`"),
        ("## Tip\nJa.\n\n## Tip\nNee.", 4, "`Tip` stands here twice"),
        ("## Tip\nJa.\n\n## Zo doet u dat\n1. Ga.", 4, "`Zo doet u dat` stands too low on the card"),
        ("## Wie ben ik?\nIk.", 1, "`Wie ben ik?` belongs on a perspective card"),
        ("# Tip\nJa.", 1, "this is not a heading of a card"),
        ("Tip\n---\nJa.", 1, "this is not a heading of a card"),
        ("## **Tip**\nJa.", 1, "this heading has bold words"),
        ("## Tip\nEen *mooi* ding.", 2, "these words are slanted"),
        ("## Tip\nZin.\nEen [link](http://a.nl).", 3, "this is a link"),
        ("## Tip\n![foto](a.png)", 2, "this is a picture"),
        ("## Tip\nEen <b>ding</b>.", 2, "this is HTML"),
        ("## Tip\n<script>x</script>", 2, "this is HTML"),
        ("## Tip\nEen `ding`.", 2, "this is written as code"),
        ("## Tip\n```\nding\n```", 2, "this is written as code"),
        ("## Tip\n\n    ding", 3, "this line begins with four spaces"),
        ("## Tip\n> ding", 2, "this line begins with `>`"),
        ("## Tip\nJa.\n\n***", 4, "this is a ruled line"),
        ("## Tip\nJa.  \nNee.", 2, "this line ends in two spaces"),
        ("## Tip\n- een\n  - twee", 3, "this is a list inside a list"),
        ("## Tip\n- een\n\n  twee", 4, "this step or item has a second paragraph"),
        ("## Tip\n- een\n-\n", 3, "this step or item is empty"),
        ("## Tip\n- > een", 2, "this line begins with `>`"),
        ("## Zo doet u dat\n3. Ga.", 2, "these steps do not begin at 1"),
    ],
)
def test_anything_paper_cannot_show_is_refused_with_its_line(body: str, row: int, said: str) -> None:
    assert complaint(with_body(body)).startswith(f"kaart.md:{FIRST + row - 1}: {said}")


def test_every_problem_of_a_card_is_named_at_once() -> None:
    text = changed("size: A5", "size: A3").replace("## Tip", "## Tipp").replace("Tel samen.", "Tel *samen*.")
    with pytest.raises(CardError) as refusal:
        parse_card(text, HERE)
    lines = text.split("\n")
    wrong = [lines[finding.line - 1] for finding in refusal.value.findings]
    assert [line[:8] for line in wrong] == ["size: A3", "5. Tel *", "## Tipp"]


def test_a_file_that_is_no_card_is_refused_kindly(tmp_path: Path) -> None:
    file = tmp_path / "kaart.md"
    for content, said in [
        (b"", "does not begin with `---`"),
        (b"---\ntitle: x\n", "do not end"),
        (b"\xff\xfe---", "is not in UTF-8"),
        (b"---\n---\n", "there are no facts here"),
        (b"---\n- a\n---\n", "there are no facts here"),
        (b"x" * (MAX_BYTES + 1), "larger than 64 kB"),
    ]:
        file.write_bytes(content)
        with pytest.raises(CardError, match=said):
            read_card(file)
    with pytest.raises(CardError, match="cannot be read"):
        read_card(tmp_path / "weg.md")
    with pytest.raises(CardError, match="cannot be read"):
        read_card(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "kaart.md"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_card(file).digest == parse_card(GOOD, HERE).digest


@pytest.mark.parametrize("facts", ["[" * 60_000, "a: " + "{" * 60_000, "- " * 30_000, "? " * 30_000, "a: &a [*a]"])
def test_facts_made_to_exhaust_the_machine_are_refused(facts: str) -> None:
    with pytest.raises(CardError):
        parse_card(f"---\n{facts}\n---\n{BODY}", HERE)


def try_to_read(text: str) -> None:
    findings: tuple[Finding, ...] = ()
    try:
        parse_card(text, HERE)
    except CardError as error:
        findings = error.findings
    assert all(1 <= finding.line <= text.count("\n") + 2 for finding in findings), findings


@settings(max_examples=200, deadline=None)
@given(st.text())
@example("---\n---\n")
@example("---\n\x00: \x85\n---\n")
def test_any_text_is_a_card_or_a_card_error(text: str) -> None:
    try_to_read(text)


@settings(max_examples=400, deadline=None)
@given(st.text("##--1.**__``<b>[a](/)!{n}&;|~=é…? \\\t\n\n\n", max_size=60).map(lambda text: f"## Tip\n{text}"))
@example("## Tip\n- a\n  - b\n    - c\n\n  > d\n")
@example("## Tip\n1. > - a\n   > b\n\n2. c")
def test_any_markdown_is_a_card_or_a_card_error(body: str) -> None:
    try_to_read(with_body(body))


@settings(max_examples=400, deadline=None)
@given(st.text("title: -[]{}&*!'\"?,#|>~%@<\\1x.\n\n\n  ", max_size=60))
def test_any_facts_are_a_card_or_a_card_error(facts: str) -> None:
    try_to_read(f"---\n{facts}\n---\n{BODY}")
    try_to_read(f"---\n{FACTS}\n{facts}\n---\n{BODY}")
