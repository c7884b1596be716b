"""Every variable and setting that the code reads is documented, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from checker.machine import state
from tests.pages import ROOT

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
OTHERS = {"NO_COLOR"}
"""Read by a library for us."""


def cells(column: str) -> set[str]:
    """The names in code, in the first cell of each row of a table with that first heading."""
    found: set[str] = set()
    for table in re.findall(rf"(?:^\| {column} .*\n)((?:^\|.*\n)+)", PAGE, re.MULTILINE):
        for row in table.splitlines():
            found |= set(re.findall(r"`([^`]+)`", row.split("|")[1]))
    return found


def read_by_python() -> Iterator[str]:
    """The environment variables that the program looks up."""
    for path in [*(ROOT / "checker").rglob("*.py"), ROOT / "nbgrader_config.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=where, attr="get"), args=[key, *_]):
                    yield from name_of(where, key)
                case ast.Subscript(value=where, slice=key):
                    yield from name_of(where, key)
    yield from state.DEFAULTS


def name_of(where: ast.expr, key: ast.expr) -> Iterator[str]:
    """The variable's name, where the thing looked into is the environment."""
    if ast.unparse(where).endswith("environ") and isinstance(key, ast.Constant):
        yield str(key.value)


def read_by_the_shell() -> Iterator[str]:
    """The environment variables that the script for the course container reads."""
    script = (ROOT / "tools" / "in-container").read_text(encoding="utf-8")
    yield from re.findall(r"\$\{([A-Z_]+):?[-+]", script)


def test_the_page_has_every_variable_that_the_program_reads_and_no_other() -> None:
    assert cells("variable") == {*read_by_python(), *read_by_the_shell(), *OTHERS}


def test_the_page_has_every_option_that_nbgrader_is_given_and_no_other() -> None:
    tree = ast.parse((ROOT / "nbgrader_config.py").read_text(encoding="utf-8"))
    targets = (ast.unparse(n.targets[0]) for n in ast.walk(tree) if isinstance(n, ast.Assign))
    given = {target.removeprefix("c.") for target in targets if target.startswith("c.")}
    assert cells("option") == given


def test_the_page_has_every_setting_of_make_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z]+)=", PAGE, re.MULTILINE)
    assert [row for row in rows if f"$({row})" not in makefile] == []
    top = makefile.partition("# Settings:")[2].partition("\n\n")[0]
    assert set(re.findall(r"\b([A-Z]+)=", top)) == set(rows)


def test_what_a_variable_is_unless_set_is_as_the_code_has_it() -> None:
    for name, usual in state.DEFAULTS.items():
        assert f"| `{name}` | `{usual}` |" in PAGE
