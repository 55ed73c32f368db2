"""The recipes that come with the product, read from `recipes/*.toml`, in the order of their series.

The name of a file gives the number and the id: `02-een-gewone-dag.toml` is recipe 2, `een-gewone-dag`. A
broken recipe is left out and named in `problems`; it never breaks another.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from .finding import CardError, Finding, Refusal
from .reading import read_text
from .recipe import Recipe

FOLDER = Path(__file__).with_name("recipes")
_NAME = re.compile(r"(\d{2})([a-z]?)-([a-z0-9-]+)")
_LOOK = "Look how another recipe writes it."


@dataclass(frozen=True)
class Book:
    """All recipes in the order of the series, and what is wrong with the files that were left out."""

    recipes: tuple[Recipe, ...]
    problems: tuple[Finding, ...] = ()

    def find(self, recipe_id: str) -> Recipe | None:
        """Return one recipe, or None."""
        return next((recipe for recipe in self.recipes if recipe.id == recipe_id), None)


def read_recipe(path: Path) -> Recipe:
    """Read one recipe. Raises `CardError` with every problem and its cure."""
    name = _NAME.fullmatch(path.stem)
    if name is None:
        raise CardError(Finding(path, 1, "error", "this name has no number", "Call it like `02-een-gewone-dag.toml`."))
    try:
        values = tomllib.loads(read_text(path))
        told = {"number": f"{int(name[1])}{name[2]}", "id": name[3], "path": path}
        return Recipe.model_validate({**values, **told})
    except Refusal as problem:
        raise CardError(problem.at(path)) from problem
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CardError(Finding(path, 1, "error", f"this is not written as TOML ({error})", _LOOK)) from error
    except ValidationError as errors:
        raise CardError(*(_explained(path, error["loc"], error["msg"]) for error in errors.errors())) from errors


@lru_cache(maxsize=8)
def recipes(folder: Path = FOLDER) -> Book:
    """Return the recipes of a folder; those of the product when no folder is given."""
    found: list[Recipe] = []
    problems: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            recipe = read_recipe(path)
        except CardError as error:
            problems += error.findings
            continue
        if any(there.id == recipe.id for there in found):
            problems.append(
                Finding(path, 1, "error", f"there is already a recipe `{recipe.id}`", "Give it another name.")
            )
        else:
            found.append(recipe)
    return Book(tuple(found), tuple(problems))


def _explained(path: Path, where: tuple[int | str, ...], said: str) -> Finding:
    """Say which field is wrong, as one would point it out: `blocks 2, minutes`; counted from 1."""
    field = ", ".join(str(part + 1) if isinstance(part, int) else part for part in where)
    return Finding(path, 1, "error", f"`{field}` is not right ({said})", _LOOK)
