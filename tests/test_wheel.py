"""The wheel works on its own: built from the source archive, installed away from the checkout, and used there.

The other packages come from the environment of the tests, so that no test needs the network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from print import reader

ROOT = Path(__file__).parents[1]
PACKAGES = ("cards", "print", "workshop")
VISIT = """
import pathlib, workshop
from workshop.settings import Settings
app = workshop.create_app(Settings.of(data=pathlib.Path("data")))
visitor = app.test_client()
for page in ("/", "/?taal=en", "/bureau/aanmelden"):
    answer = visitor.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
app.extensions["werkplaats"].close()
print(workshop.__file__)
"""


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder, away from our own settings, and return what it said."""
    ended = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, made from a source archive, made from a copy of this checkout."""
    source, out = tmp_path_factory.mktemp("source") / "werkplaats", tmp_path_factory.mktemp("out")
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist"))
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source, folder=out)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and, behind it, the other packages; not the checkout. Returns its folder."""
    place = tmp_path_factory.mktemp("away") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", place, folder=place.parent)
    python = place / "bin/python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel),
        folder=place.parent,
    )
    (site,) = place.glob("lib/python*/site-packages")
    (site / "others.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    return place


def test_the_wheel_holds_every_file_of_the_three_packages_and_nothing_else(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == ours


def test_the_wheel_brings_its_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        licences = [name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name]
    assert sorted(licences) == ["LICENSE", "cards/decks/LICENSE", "print/fonts/OFL.txt"]


def test_the_installed_pages_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "bin/python", "-c", VISIT, folder=tmp_path).strip()
    assert Path(where).is_relative_to(installed)


def test_the_installed_doctor_finds_nothing_wrong(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "bin/werkplaats", "doctor", folder=tmp_path)
    assert "QR reads back" in said
    assert "NOT" not in said


def test_the_installed_press_prints_a_deck_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    command = "print deck --deck samen-ontwerpen --format a5 --language nl -o deck.pdf"
    said = run(installed / "bin/werkplaats", *command.split(), folder=tmp_path)
    assert "deck.pdf" in said
    page = reader.raster((tmp_path / "deck.pdf").read_bytes(), dpi=72)
    assert page.size in {(595, 842), (842, 595), (596, 842), (842, 596)}, "A4, two cards on it"
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == ["deck.pdf"]
