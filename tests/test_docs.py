"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest

from assistant_app.cli.main import COMMANDS
from assistant_app.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"STEWARD_{name.upper()}" in re.findall(r"STEWARD_\w+", README)


def test_readme_names_no_setting_that_is_not_there() -> None:
    known = {f"STEWARD_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"STEWARD_[A-Z_]+\b", README)) <= known | {"STEWARD_TEST_REQUIRE", "STEWARD_TEST_POSTGRES"}


def test_commands_that_documents_show_exist() -> None:
    for document in DOCUMENTS:
        for command in re.findall(r"python -m assistant_app (\w+)", document.read_text()):
            assert command in COMMANDS, f"{document.name}: {command}"


def test_make_targets_that_documents_show_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        for target in re.findall(r"`make ([a-z]+)", document.read_text()):
            assert target in targets, f"{document.name}: {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", document.read_text()):
        if not re.match(r"[a-z]+:", link):
            assert (document.parent / link).exists(), link


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"])
def test_document_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 300
