"""A host that pretends: `sudo` and `systemctl` for a folder, so that what docs/operations.md says can be run for real.

Only who may do what is pretended. Units start the very command they name, with the settings file they name, and stop by
the signal that systemd sends. Paths and ports of the page are those of the folder and of services that tests started.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
STOP_SECONDS = 60
ENOUGH = "/usr/bin:/bin"
_SUDO = """#!/usr/bin/env bash
# Does what it is asked as who we are. The user postgres is the administrator of the database.
while [[ ${{1:-}} == -* ]]; do
    if [[ $1 == -u ]]; then who=$2; shift; fi
    shift
done
if [[ ${{who:-}} == postgres ]]; then export {postgres}; fi
exec "$@"
"""
_SYSTEMCTL = """#!/usr/bin/env bash
exec {python} {here} {folder} "$@"
"""


class Host:
    """A folder that stands for a machine; `said` are the words of the page and what they are here."""

    def __init__(self, folder: Path, said: dict[str, str], postgres: str) -> None:
        self.folder = folder
        places = ("/opt/werkplaats", "/etc/werkplaats", "/etc/systemd/system", "/var/lib/werkplaats")
        places += ("/var/backups/werkplaats", "/var/cache/werkplaats")
        self._tools = folder / "bin"
        self._tools.mkdir(parents=True)
        self.said = {place: f"{folder}{place}" for place in places} | said
        self.said["/usr/local/bin/werkplaats"] = f"{self._tools}/werkplaats"
        for place in places:
            (folder / place[1:]).mkdir(parents=True)
        shutil.copytree(ROOT / "deploy", folder / "opt/werkplaats/deploy")
        for path in (folder / "opt/werkplaats/deploy").rglob("*"):
            if path.is_file():
                path.write_text(self.here(path.read_text("utf-8")), "utf-8")
        (folder / "opt/werkplaats/.venv").symlink_to(Path(sys.executable).parents[1])
        self._tool("sudo", _SUDO.format(postgres=postgres))
        self._tool("systemctl", _SYSTEMCTL.format(python=sys.executable, here=__file__, folder=folder))

    def here(self, text: str) -> str:
        """Return a text of the page with the paths and addresses of this host."""
        for theirs, ours in self.said.items():
            text = text.replace(theirs, ours)
        return text

    def run(self, lines: str) -> str:
        """Run lines of a shell up to the first that fails; return all that was said. Fails with it."""
        paths = f"{self._tools}:{Path(sys.executable).parent}:{ENOUGH}"
        ended = subprocess.run(
            ["bash", "-xeuo", "pipefail", "-c", self.here(lines)],
            cwd=self.folder,
            env={"PATH": paths, "HOME": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        logs = "".join(f"\n{path.name}:\n{path.read_text()[-1500:]}" for path in self.folder.glob("run/*.log"))
        assert ended.returncode == 0, ended.stdout[-4000:] + logs
        return ended.stdout

    def settings(self) -> dict[str, str]:
        """Return what the settings file says."""
        return _settings(self.folder / "etc/werkplaats/werkplaats.env")

    def stop(self) -> None:
        """Stop whatever still runs."""
        for path in self.folder.glob("run/*.pid"):
            _stop(path)

    def _tool(self, name: str, text: str) -> None:
        path = self._tools / name
        path.write_text(text, "utf-8")
        path.chmod(0o755)


def main(folder: Path, words: list[str]) -> None:
    """Do what `systemctl` would: start, stop or restart units."""
    verb, *rest = words
    if "--now" in rest:
        verb = {"enable": "start", "disable": "stop"}[verb]
    for name in (one for one in rest if not one.startswith("-")):
        running = folder / "run" / f"{name}.pid"
        if verb in ("stop", "restart"):
            _stop(running)
        if verb in ("start", "restart"):
            _start(folder, name, running)


def _start(folder: Path, name: str, running: Path) -> None:
    """Start what a unit says: its one command, with its settings and little else."""
    kind, at, instance = name.removesuffix(".service").partition("@")
    path = folder / "etc/systemd/system" / (name if "." in name else f"{kind}{at}.service")
    unit = path.read_text("utf-8").replace("%i", instance)
    if path.suffix == ".timer":
        return
    lines = [line.partition("=")[::2] for line in unit.splitlines() if not line.startswith("#")]
    said = {key: value for key, value in lines if key != "Environment"}
    env = {"PATH": ENOUGH, **_settings(Path(said["EnvironmentFile"]))}
    env |= dict(value.split("=", 1) for key, value in lines if key == "Environment")
    running.parent.mkdir(exist_ok=True)
    log = running.with_suffix(".log").open("ab")
    command = shlex.split(said["ExecStart"])
    if said["Type"] == "oneshot":
        sys.exit(subprocess.run(command, env=env, stdout=log, stderr=log, check=False).returncode)
    process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
    running.write_text(str(process.pid))


def _stop(running: Path) -> None:
    """Stop a unit as systemd does; what does not stop in time is killed, and that is wrong."""
    if not running.exists():
        return
    number = int(running.read_text())
    running.unlink()
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until:
            if _gone(number):
                return
            time.sleep(0.1)
        os.killpg(number, signal.SIGKILL)
        sys.exit(f"{running.stem} did not stop within {STOP_SECONDS} seconds.")


def _gone(number: int) -> bool:
    """Say whether a process ended, also when nobody asked how."""
    state = Path(f"/proc/{number}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def _settings(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
