"""The Makefile, the locks and the CI script keep the promises that newcomers rely on."""

import importlib
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.txt", "requirements-dev.txt")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def normal(name: str) -> str:
    """Return the name of a package as PyPI writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, str]:
    """Return the packages of a lock and their versions."""
    return {normal(name): version for name, version in _PINNED.findall((ROOT / lock).read_text())}


def dry_run(target: str) -> str:
    """Return what `make` would do in a new checkout."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    command = [make, "--no-print-directory", "--dry-run", "--always-make", target]
    return subprocess.run(  # noqa: S603 - our own Makefile
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text())
    for entry in entries:
        if _PINNED.match(entry):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place_to_fetch_from(lock: str) -> None:
    assert not re.search(r"https?://|file:|--index-url|--find-links|--extra-index", (ROOT / lock).read_text())


def test_lock_of_the_front_end_names_no_place_to_fetch_from() -> None:
    lock = (ROOT / "reflex.lock/package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity": "sha512-' in lock


def test_every_dependency_is_pinned() -> None:
    wanted = {normal(re.split(r"[\[<>=!~; ]", each)[0]) for each in PROJECT["project"]["dependencies"]}
    further = {normal(re.split(r"[\[<>=!~; ]", each)[0]) for each in PROJECT["dependency-groups"]["dev"]}
    assert wanted <= pinned("requirements.txt").keys()
    assert wanted | further <= pinned("requirements-dev.txt").keys()


def test_both_locks_agree() -> None:
    development = pinned("requirements-dev.txt")
    assert {name: development.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


def test_every_dependency_can_be_imported() -> None:
    wanted = {normal(re.split(r"[\[<>=!~; ]", each)[0]) for each in PROJECT["project"]["dependencies"]}
    modules = {
        module
        for module, packages in packages_distributions().items()
        if wanted & {normal(package) for package in packages} and not module.startswith("_") and module.isidentifier()
    }
    assert {"reflex", "sqlmodel", "granian", "psycopg"} <= modules
    for module in modules - {"litellm"}:  # Its import takes seconds, and tests of its door import it anyway.
        importlib.import_module(module)


def test_run_installs_with_hashes_and_then_serves() -> None:
    steps = dry_run("run")
    assert "--no-deps --require-hashes -r requirements.txt" in steps
    assert steps.rstrip().endswith("-m assistant_app run")


def test_test_installs_builds_and_runs_everything() -> None:
    steps = dry_run("test")
    assert "-r requirements-dev.txt" in steps
    assert steps.index("assistant_app build") < steps.index("-m pytest")


def test_check_covers_style_types_and_imports() -> None:
    steps = dry_run("check")
    for tool in ("ruff check", "ruff format --check", "pyright", "lint-imports"):
        assert tool in steps


def test_unfit_python_is_named(tmp_path: Path) -> None:
    make, shell = shutil.which("make"), shutil.which("sh")
    if make is None or shell is None:
        pytest.skip("make is not installed")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    (programs / "sh").symlink_to(shell)
    done = subprocess.run(  # noqa: S603 - our own Makefile
        [make, "--file", str(ROOT / "Makefile"), ".venv/bin/python"],
        cwd=tmp_path,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Steward needs Python 3.11 or newer" in done.stderr


def test_ci_script_is_sound_and_requires_everything() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o100
    bash = shutil.which("bash")
    if bash is not None:
        subprocess.run([bash, "-n", str(script)], check=True)  # noqa: S603 - our own script
    assert "STEWARD_TEST_REQUIRE=browser,postgres,redis" in script.read_text()
