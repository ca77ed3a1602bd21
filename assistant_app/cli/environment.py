"""What Reflex, npm and the rest of the settings can be told through the environment only."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_QUIET = {
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_HTTP_CLIENT_BIND_ADDRESS": "0.0.0.0",  # noqa: S104 - keeps Reflex from probing the network for IPv6
    "REFLEX_USE_GRANIAN": "true",
}
_PREBUILT = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}
_NPM = {
    "REFLEX_USE_NPM": "1",
    "NPM_CONFIG_IGNORE_SCRIPTS": "true",  # No package runs an installer of its own.
    "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",  # The lock file suits any registry.
    "NPM_CONFIG_AUDIT": "false",
    "NPM_CONFIG_FUND": "false",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
}


def choose_address(host: str | None, port: int | None) -> None:
    """Let the command line rule over the settings; Reflex reads them again by itself."""
    for name, value in (("STEWARD_HOST", host), ("STEWARD_PORT", port)):
        if value is not None:
            os.environ[name] = str(value)


def serve_prebuilt() -> None:
    """Have Reflex serve what is built, without compiling."""
    os.environ.update(_QUIET | _PREBUILT)


def build_environment() -> dict[str, str]:
    """Return the environment in which the front end is built: node and npm are those beside this Python."""
    programs = Path(sys.executable).parent
    environment = {**os.environ, **_QUIET, **_NPM, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    # Reflex would measure which of two registries answers faster; the one that npm is set up for is meant.
    environment["NPM_CONFIG_REGISTRY"] = subprocess.run(  # noqa: S603 - our own npm
        [programs / "npm", "config", "get", "registry"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    ).stdout.strip()
    return environment
