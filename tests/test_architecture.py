"""What keeps the house in order, beyond the direction of imports that `make check` looks at."""

import ast
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant_app
from assistant_app import errors
from assistant_app.cli.environment import ROOT
from assistant_app.errors import StewardError
from tests.test_make import PROJECT

PACKAGE = ROOT / "assistant_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?|base|part\d|mixins?|stuff)($|_)")
_MAY_BE_BASE = {PACKAGE / "llm/base.py", PACKAGE / "connectors/base.py"}
_LONGEST_MODULE = 400
_LATE_IMPORTS = {PACKAGE / "llm/litellm_model.py"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return all functions of a module."""
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def test_no_module_has_a_vague_name() -> None:
    assert [path for path in SOURCES if _VAGUE.search(path.stem) and path not in _MAY_BE_BASE] == []


def test_no_module_is_endless() -> None:
    assert [path for path in SOURCES if len(path.read_text().splitlines()) > _LONGEST_MODULE] == []


def test_imports_stand_at_the_top() -> None:
    late = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path not in _LATE_IMPORTS
        for function in functions(ast.parse(path.read_text()))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert late == []


def test_every_package_says_what_it_is_for() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text())), path


def test_error_tree_is_drawn_as_it_is() -> None:
    drawn = {
        match[2]: len(match[1]) // 4
        for line in (errors.__doc__ or "").splitlines()
        if (match := re.match(r"((?:[│├└─ ]{4})*)(\w+Error)\b", line))
    }
    real = {
        name: len(each.__mro__) - StewardError.__mro__.__len__()
        for name, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, StewardError)
    }
    assert drawn == real


def test_version_is_the_same_everywhere() -> None:
    assert assistant_app.__version__ == PROJECT["project"]["version"]


def test_secrets_do_not_lie_in_the_sources() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    kept = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - git
    assert "pyproject.toml" in kept.split()
    assert [name for name in kept.split() if name.endswith((".env", ".key", ".db", ".pem"))] == []


def test_no_package_runs_code_whenever_python_starts() -> None:
    """A line of code in a .pth file runs with every Python of the environment; none of ours brings one unknown."""
    known = ("distutils-precedence.pth", "a1_coverage.pth", "_virtualenv.pth")
    folders = [Path(path) for path in sys.path if path.endswith("site-packages")]
    running = [
        path
        for folder in folders
        for path in folder.glob("*.pth")
        if path.name not in known and re.search(r"^import[ \t]", path.read_text(), re.MULTILINE)
    ]
    assert running == []


def test_leaving_litellm_out_keeps_the_start_quick() -> None:
    """Nothing that a command or a page imports may load the large libraries that few need."""
    code = "import sys, assistant_app.cli.run, assistant_app.cli.ask; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "sqlalchemy" in loaded
    assert not {"alembic", "litellm", "openai", "reflex", "playwright", "pytest"} & set(loaded)
