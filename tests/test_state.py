"""What a process keeps to itself, in memory and on its own disk: all of it, and why two processes may differ in it.

Whoever comes to another process the next time must not notice. So whatever is kept follows from the store, from the
code or from what was asked, or it guards this machine alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

ROOT: Final = Path(__file__).parent.parent
CACHES: Final = {"cache", "lru_cache"}

IN_MEMORY: Final = {
    # follows from the store: looked at first, made again when it says something else
    "workshop.desk.alike._known": "made again when the words of the ideas are others",
    "workshop.desk.board._alike": "made again when the words of the ideas are others",
    "workshop.public.wall_state:werkplaats-walls": "kept by the pulse of the workshop and the version of the wall",
    "workshop.public.gathered:werkplaats-doors": "kept by the pulse of the workshop",
    "workshop.house.House._shelves": "kept by the version of the workshop's own cards",
    # follows from the code, or from what was asked
    "workshop.domain.doors.words": "a file of the code",
    "workshop.domain.own_cards.read_again": "follows from the text of the card",
    "workshop.domain.plain_words._simpler": "a table of the code",
    "workshop.domain.rhythm._holidays": "follows from the year",
    "workshop.domain.stems._dutch": "follows from the word",
    "workshop.domain.stems._english": "follows from the word",
    "workshop.domain.stems._stemmer": "follows from the language",
    "workshop.looks.mark_paths": "a table of the code",
    "workshop.public.shown._drawn": "a file of the code or of the decks, which are the same everywhere",
    "workshop.store.migrations.migrations": "the files of the code",
    "workshop.store.owned.tables": "the schema of the code",
    "workshop.store.tx._queries": "files of the code",
    "workshop.web._texts": "texts of the code, that no request changes",
    "workshop.public.card.words": "of one request only: the macro that its ideas have in common",
    "workshop.web._mark": "files of the code; of two versions beside each other neither is kept under the other's name",
    # guards this machine
    "workshop.domain.facilitators._hasher": "how a passphrase is hashed",
    "workshop.domain.facilitators._two_at_once": "memory of this machine; how many guesses there were is in the store",
    "workshop.ids._last": "the store says at every write which key was the last of all",
    "workshop.ids._turn": "threads of this process",
    "workshop.public.wall_state._one_at_a_time": "threads of this process make a wall once",
    "workshop.serving.Sized.house": "the house of this process",
    "workshop.serving.Sized.large": "disk of this machine: so many large stacks may come in to each process",
    "workshop.serving.Answer.stopping": "this process stops, and no other",
    # for tests and the command line
    "workshop.clock._shift": "only tests move the clock",
}
ON_DISK: Final = {
    "faces": "laid-out pages by their content, made again when they are not there",
    "faces-forgotten": "until when this machine threw its laid-out pages away; what others erased is in the store",
    "fetched": "copies of files in the bucket, by their content, thrown away after some minutes",
    "files": "the place for files when no bucket is set: then all processes share this folder",
    "incoming": "what is still coming in to this process",
    "prints": "what the demo printed",
    "queue.db": "nudges, when no queue is set; the rows are the truth",
    "werkplaats.db": "the store when no database is set: then all processes share this folder",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Give every module of the application with its name."""
    for path in sorted((ROOT / "workshop").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text("utf-8"))


def called(node: ast.AST) -> str:
    """Return the dotted name of what an expression speaks of or calls."""
    if isinstance(node, ast.Attribute):
        return f"{called(node.value)}.{node.attr}".lstrip(".")
    if isinstance(node, ast.Call):
        return called(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def kept_in(name: str, module: ast.Module) -> Iterator[str]:
    """Give the names of everything in a module that outlives a request."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and CACHES & {called(one).split(".")[-1] for one in node.decorator_list}:
            yield f"{name}.{node.name}"
        elif isinstance(node, ast.Global):
            yield from (f"{name}.{one}" for one in node.names)
        elif isinstance(node, ast.Call) and called(node.func).endswith("extensions.setdefault"):
            yield f"{name}:{ast.literal_eval(node.args[0])}"
        elif isinstance(node, ast.ClassDef):
            for one in node.body:
                said = ast.unparse(one) if isinstance(one, ast.AnnAssign) else ""
                if "ClassVar" in said or (said.startswith("_") and "default_factory" in said):
                    yield f"{name}.{node.name}.{said.partition(':')[0]}"
    for top in module.body:
        targets = top.targets if isinstance(top, ast.Assign) else [top.target] if isinstance(top, ast.AnnAssign) else []
        yield from (f"{name}.{one.id}" for one in targets if isinstance(one, ast.Name) and changes(one.id, top))


NEVER_CHANGES: Final = ("getLogger", "Blueprint", "argument", "option", "setting")


def changes(name: str, assigned: ast.stmt) -> bool:
    """Say whether something at the top of a module can change: constants are in capitals, or of a few known kinds."""
    value = getattr(assigned, "value", None)
    if not name.strip("_").islower() or name.startswith("__"):
        return False
    if isinstance(value, ast.Call):
        return called(value).split(".")[-1] not in NEVER_CHANGES
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp)


def folders_in(module: ast.Module) -> Iterator[str]:
    """Give what a module names in the data folder."""
    for node in ast.walk(module):
        joins = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        if joins and called(node.left).split(".")[-1] == "data" and isinstance(node.right, ast.Constant):
            yield str(node.right.value)


def test_everything_a_process_keeps_in_memory_may_differ_from_another_process() -> None:
    found = {kept for name, module in modules() for kept in kept_in(name, module)}
    assert sorted(found - set(IN_MEMORY)) == [], "say here why two processes may differ in it, or keep it in the store"
    assert sorted(set(IN_MEMORY) - found) == [], "this is kept no longer"


def test_everything_a_process_keeps_on_its_own_disk_may_differ_from_another_machine() -> None:
    found = {folder for _, module in modules() for folder in folders_in(module)}
    assert sorted(found ^ set(ON_DISK)) == []


def test_what_is_kept_is_found_whatever_it_looks_like() -> None:
    text = """
_seen = {}
_lock: Lock = threading.Lock()
LIMITS = {"a": 1}
log = logging.getLogger("x")
class A:
    shared: ClassVar[set[int]] = set()
    _mine: dict = field(default_factory=dict)
    theirs: dict = field(default_factory=dict)
@functools.lru_cache(maxsize=5)
def f(): current_app.extensions.setdefault("x-y", {})
def g():
    global _count
"""
    found = set(kept_in("m", ast.parse(text)))
    assert found == {"m._seen", "m._lock", "m.A.shared", "m.A._mine", "m.f", "m:x-y", "m._count"}


def test_while_versions_change_no_file_is_kept_under_the_name_of_another(outside: FlaskClient) -> None:
    page = outside.get("/").text
    style = page.split('href="/static/base.css?v=')[1].split('"')[0]
    right, other, none = (outside.get(f"/static/base.css{v}") for v in (f"?v={style}", "?v=0123456789", ""))
    assert right.data == other.data == none.data
    assert right.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for answer in (other, none):
        assert "immutable" not in answer.headers["Cache-Control"]
        assert "max-age" not in answer.headers["Cache-Control"]
