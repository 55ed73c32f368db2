"""The rules of the house as data: who may enter which room, and what may lie in it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("cards", "print", "workshop")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PYTHON = [*MODULES, *sorted((ROOT / "tests").glob("*.py"))]

# Who may never import what. A room is a package or module and all that is in it.
CLOSED = {
    "cards": ("print", "workshop", "tests"),
    "print": ("workshop", "tests"),
    "workshop": ("tests",),
    "workshop.domain": (
        *("flask", "flask_babel", "flask_login", "werkzeug", "jinja2", "markupsafe", "pydyf"),
        *("workshop.web", "workshop.public", "workshop.desk", "workshop.printing", "print.press", "print.documents"),
    ),
    "workshop.public": ("workshop.desk",),
}
# What only one room may import.
ONLY_IN = {
    "weasyprint": "print.press",
    "zxingcpp": "print.reader",
    "cv2": "print.reader",
    "pypdfium2": "print.reader",
    "sqlite3": "workshop.store",
    "sqlite_utils": "workshop.store",
    "aiosql": "workshop.store",
    "psycopg": "workshop.store",
    "minio": "workshop.files",
    "random": "workshop.ids",
    "secrets": "workshop.ids",
    "uuid": "workshop.ids",
    "waitress": "workshop.serving",
    "huey": "workshop.nudges",
    "redis": "workshop.nudges",
}
# What only one room may say: the last words of a dotted name.
SAID_ONLY_IN = {
    "os.environ": "workshop.settings",
    "os.getenv": "workshop.settings",
    "os.urandom": "workshop.ids",
    "time.time": "workshop.clock",
    "time.localtime": "workshop.clock",
    "time.gmtime": "workshop.clock",
    "datetime.now": "workshop.clock",
    "datetime.utcnow": "workshop.clock",
    "datetime.today": "workshop.clock",
    "date.today": "workshop.clock",
}
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert into\b|\bupdate\b.+\bset\b|\bdelete from\b|\b(create|alter|drop) table\b",
    re.DOTALL | re.IGNORECASE,
)
MOST_LINES = 400
ONE_SCREEN = 70

PAGES = sorted(path for folder in ("templates", "help") for path in (ROOT / "workshop" / folder).rglob("*.html"))
FACES = sorted((ROOT / "print/faces").rglob("*.html"))
STATIC = ROOT / "workshop/static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
STYLES = sorted(STATIC.rglob("*.css"))
UNSAFE = re.compile(
    r"\|\s*safe\b|\bMarkup\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|autoescape"
)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", re.I)


def name_of(path: Path) -> str:
    """Return a module's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def within(name: str, room: str) -> bool:
    """Say whether a module is this room or lies in it."""
    return name == room or name.startswith(room + ".")


@cache
def tree(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Return the dotted names a module imports, also inside functions; `from a import b` is `a.b` if that is ours."""
    found: list[str] = []
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            found += [f"{source}.{a.name}" if f"{source}.{a.name}" in NAMES else source for a in node.names]
    return tuple(found)


def reached(start: str) -> set[str]:
    """Return every module of ours that a room reaches, directly or through others."""
    files = {name_of(path): path for path in MODULES}
    todo, seen = [name for name in files if within(name, start)], set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += [one for one in imports(files[name]) if one in files]
    return seen


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for such an expression, else an empty text."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Return the line and text of every string in a module that is not a docstring, f-strings with {} for values."""
    docs = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("room", CLOSED)
def test_nothing_points_the_other_way(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {one}"
        for path in MODULES
        if within(name_of(path), room)
        for one in imports(path)
        if any(within(one, closed) for closed in CLOSED[room])
    ]
    assert not wrong


def test_what_strangers_reach_never_reaches_the_desk_through_a_third_room() -> None:
    assert not [name for name in reached("workshop.public") if within(name, "workshop.desk")]


@pytest.mark.parametrize("part", ONLY_IN)
def test_each_part_has_one_home(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {one}"
        for path in MODULES
        if not within(name_of(path), ONLY_IN[part])
        for one in imports(path)
        if within(one, part)
    ]
    assert not wrong


def test_every_package_we_ask_for_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {canonicalize_name(Requirement(one).name) for one in project["dependencies"]}
    taken = {name.partition(".")[0] for path in MODULES for name in imports(path)}
    homes = packages_distributions()
    used = {canonicalize_name(home) for name in taken for home in homes.get(name, ())}
    assert sorted(asked - used) == [], "asked for, not imported"


def test_environment_clock_and_chance_are_read_in_one_place_each() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} says {said}; only {home} may"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        for said, home in SAID_ONLY_IN.items()
        if ("." + dotted(node)).endswith("." + said) and not within(name_of(path), home)
    ]
    wrong += [
        f"{path.relative_to(ROOT)}:{node.lineno} takes {alias.name} out of {node.module}; write it in full"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if f"{node.module}.{alias.name}" in SAID_ONLY_IN
    ]
    assert not wrong


def test_the_package_print_never_hides_the_word_print() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        for alias in node.names
        if within(alias.name, "print") or alias.asname == "print"
    ]
    assert not wrong, f"write `from print.x import y`, never `import print`: {wrong}"


def test_no_folder_of_tests_takes_the_place_of_a_package() -> None:
    assert not [path for path in (ROOT / "tests").iterdir() if path.name in PACKAGES]


def test_every_module_says_why_it_exists() -> None:
    modules = [path for path in PYTHON if path.stat().st_size]
    assert not [str(path.relative_to(ROOT)) for path in modules if len(ast.get_docstring(tree(path)) or "") < 20]


def test_no_file_and_no_function_is_longer_than_one_can_read() -> None:
    sources = [*PYTHON, *PAGES, *FACES, *SCRIPTS, *STYLES, *ROOT.glob("bin/*"), *ROOT.glob("workshop/**/*.sql")]
    wrong = [f"{path.relative_to(ROOT)}: {lines} lines" for path in sources if (lines := count(path)) > MOST_LINES]
    wrong += [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines"
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > ONE_SCREEN
    ]
    assert not wrong


def count(path: Path) -> int:
    """Return the number of lines in a file."""
    return len(path.read_text("utf-8").splitlines())


def test_sql_lives_in_sql_files() -> None:
    made_of_the_tables = {ROOT / "workshop/store" / name for name in ("moving.py", "owned.py", "schema.py")}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in set(MODULES) - made_of_the_tables
        for line, text in texts(path)
        if SQL.search(text)
    ]
    assert not wrong


def test_queries_take_time_and_chance_from_the_application() -> None:
    clocks = re.compile(r"current_(timestamp|date|time)|\bnow\s*\(|'now'|\brandom(blob)?\s*\(", re.I)
    files = (ROOT / "workshop/store").rglob("*.sql")
    assert not [str(path.relative_to(ROOT)) for path in files if clocks.search(path.read_text("utf-8"))]


def test_nothing_a_person_wrote_reaches_a_page_unescaped() -> None:
    sources = [*PAGES, *FACES, *SCRIPTS]
    wrong = [where for path in sources for where in lines_with(UNSAFE, path)]
    wrong += [
        f"{path.relative_to(ROOT)}:{node.lineno} Markup"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"Markup", "render_template_string"}
    ]
    assert not wrong


def test_pages_have_no_style_or_script_of_their_own() -> None:
    assert not [where for path in PAGES for where in lines_with(INLINE, path)]


def test_pages_scripts_and_styles_fetch_nothing_from_elsewhere() -> None:
    elsewhere = re.compile(
        r"(src|href|action)\s*=\s*[\"'](https?:)?//|@import|url\([\"']?(https?:)?//|fetch\([\"'`]https?:"
    )
    assert not [where for path in [*PAGES, *SCRIPTS, *STYLES] for where in lines_with(elsewhere, path)]


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    """Return where in a file a pattern stands."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [f"{path.relative_to(ROOT)}:{number} {line.strip()}" for number, line in lines if pattern.search(line)]


def test_every_static_file_that_is_named_is_there_and_every_one_there_is_named() -> None:
    named = {name for path in PAGES for name in re.findall(r"static\([\"']([^\"']+)[\"']\)", path.read_text("utf-8"))}
    assert not {name for name in named if not (STATIC / name).is_file()}
    said = "\n".join(path.read_text("utf-8") for path in [*PAGES, *SCRIPTS, *STYLES, *MODULES])
    files = [path for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".txt"]
    assert not [str(path.relative_to(ROOT)) for path in files if path.name not in said]


def test_every_template_is_used() -> None:
    said = "\n".join(path.read_text("utf-8") for path in [*PAGES, *MODULES])
    templates = [str(path.relative_to(ROOT / "workshop/templates")) for path in PAGES if "templates" in path.parts]
    assert not [name for name in templates if f'"{name}"' not in said and f"'{name}'" not in said]


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    names = ("work", "root", "home", "Users", "usr/local")  # only our own command may go to the last one
    places = re.compile("|".join(f"(?<![\\w.])/{place}/(?!bin/werkplaats)" for place in names))
    kinds = {".py", ".html", ".js", ".css", ".sql", ".toml", ".md", ".po", ".lock", ".yml", ""}
    folders = [ROOT / name for name in (*PACKAGES, "tests", "bin", "docs", ".ci")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix in kinds]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in kinds and path.name != ".git"]
    assert not [where for path in files for where in lines_with(places, path)]
