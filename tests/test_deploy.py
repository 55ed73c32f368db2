"""The files in deploy/: read by what they are for where that is installed, and held to what the program does anyway."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pretended import ENOUGH, Host
from tests.test_documentation import TABLES
from workshop.desk.stacks import MOST_SENT
from workshop.house import House
from workshop.ids import new
from workshop.metrics import Metrics
from workshop.serving import STACK, USUAL

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMMANDS = dict(TABLES["every_command"]())
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
HARD = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "CapabilityBoundingSet=",
    "UMask=0077",
    "User=werkplaats",
    "EnvironmentFile=/etc/werkplaats/werkplaats.env",
)

LIVELY = "postgresql://u:p;`id`$HOME#~*%25@h/n?sslmode=verify-full&sslrootcert=/etc/ca.pem"


def tool(name: str) -> str | None:
    """Return where a program is, also when it is for administrators."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_unit_may_do_little_and_starts_what_exists(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    assert not [one for one in HARD if one not in lines]
    assert re.search(r"^MemoryMax=\dG$", "\n".join(lines), re.MULTILINE)
    command = next(line.partition("=")[2] for line in lines if line.startswith("ExecStart="))
    program, *words = command.split()
    if program == "/opt/werkplaats/.venv/bin/werkplaats":
        options = {option for one in COMMANDS[f"werkplaats {words[0]}"].params for option in one.opts}
        assert {word for word in words if word.startswith("-")} <= options
    else:
        assert os.access(program.replace("/opt/werkplaats", str(ROOT)), os.X_OK)


@pytest.mark.skipif(not tool("systemd-analyze"), reason="systemd is not here")
def test_systemd_understands_every_unit_and_finds_little_to_expose(tmp_path: Path) -> None:
    host = Host(tmp_path, {}, "")
    folder = host.folder / "opt/werkplaats/deploy/systemd"
    for unit in folder.glob("*@.service"):
        shutil.copy(unit, folder / unit.name.replace("@", "@8080"))
    units = [str(one) for one in folder.iterdir() if "@." not in one.name]
    ended = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    ours = [line for line in ended.stderr.splitlines() if "werkplaats" in line]
    assert not ours, ours
    for unit in (one for one in units if one.endswith(".service")):
        command = ["systemd-analyze", "security", "--offline=true", unit]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        found = re.search(r"exposure level for \S+: ([\d.]+)", said)
        assert found, said
        assert float(found[1]) <= 2.0


def test_both_proxies_let_through_what_the_server_takes_and_nothing_larger() -> None:
    caddy, nginx = _config("Caddyfile"), _config("nginx.conf")
    sizes = [int(one) * 1000**2 for one in re.findall(r"max_size (\d+)MB", caddy)]
    sizes += [int(one) * 1024**2 for one in re.findall(r"client_max_body_size (\d+)m;", nginx)]
    assert sorted(sizes)[:2] == [one for one in sorted(sizes) if USUAL <= one < 1.1 * USUAL]
    assert sorted(sizes)[2:] == [one for one in sorted(sizes) if MOST_SENT <= one < 1.2 * MOST_SENT]
    address = f"/bureau/{new()}/papier"
    assert STACK.fullmatch(address)
    paths = re.findall(r"(\^/bureau/\S+?papier\$)", caddy + nginx)
    assert len(paths) == 3
    for one in paths:
        assert re.search(one, address)
        assert not re.search(one, f"{address}/klaar")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_tells_who_asked_hides_the_inside_and_writes_no_addresses_down(name: str) -> None:
    text = _config(name)
    assert text.count("{") == text.count("}")
    assert re.search(r"X-Request-Id \S+", text)
    assert "/metrics" in text
    assert "/health/" in text
    if name == "nginx.conf":
        assert "access_log off;" in text
        assert "error_log /var/log/nginx/error.log crit;" in text, "its errors say the address that was asked"
        for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "X-Forwarded-Host $host"):
            assert f"proxy_set_header {header};" in text
    else:
        assert re.findall(r"^\s*log .*\n\s*(.*)", text, re.MULTILINE) == [
            "exclude http.log.error http.handlers.reverse_proxy"
        ]


@pytest.mark.skipif(not tool("caddy"), reason="Caddy is not here")
def test_caddy_understands_its_file(tmp_path: Path) -> None:
    command = [str(tool("caddy")), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    env = {"PATH": ENOUGH, "HOME": str(tmp_path), "WEB": "127.0.0.1:8080 127.0.0.1:8081"}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.skipif(not tool("nginx"), reason="nginx is not here")
def test_nginx_understands_its_file(tmp_path: Path) -> None:
    names = {"fullchain": tmp_path / "chain.pem", "privkey": tmp_path / "key.pem"}
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=werkplaats.example"]
    made += ["-keyout", str(names["privkey"]), "-out", str(names["fullchain"])]
    subprocess.run(made, check=True, capture_output=True)
    text = re.sub(r"/etc/letsencrypt/\S+/(\w+)\.pem", lambda found: str(names[found[1]]), _config("nginx.conf"))
    text = text.replace("/var/log/nginx/error.log", "stderr")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {folders} {text} }}")
    command = [str(tool("nginx")), "-t", "-e", "stderr", "-c", str(whole)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_container_has_all_the_program_needs_and_prepares_it_as_everybody_does(tmp_path: Path) -> None:
    text = _config("Containerfile")
    assert re.findall(r"^RUN (?!useradd)(.+)$", text, re.MULTILINE) == ["bin/prepare grown"]
    copied = [line.split() for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE)]
    sources = {source for *several, _ in copied for source in several}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert sources == allowed
    for source in sources:
        to = tmp_path / source
        to.parent.mkdir(exist_ok=True)
        quiet = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / source, to, ignore=quiet) if (ROOT / source).is_dir() else shutil.copy(ROOT / source, to)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        "to",
    ]
    ended = subprocess.run([*command, "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert list((tmp_path / "to").glob("werkplaats-*.whl"))
    prepared = (ROOT / "bin/prepare").read_text("utf-8")
    assert "grown) locks=(requirements-grown.lock)" in prepared
    assert "requirements-grown.lock" in sources


def test_what_compose_starts_is_our_image_or_an_engine_and_every_volume_is_declared() -> None:
    ours = {name: one for name, one in COMPOSE["services"].items() if one.get("build")}
    assert sorted(ours) == ["web-1", "web-2", "worker"]
    for one in ours.values():
        assert f"werkplaats {one.get('command', ['serve'])[0]}" in COMMANDS
        assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).exists()
        assert set(one["depends_on"]) <= set(COMPOSE["services"])
    engines = [one for one in COMPOSE["services"].values() if not one.get("build")]
    assert all(re.fullmatch(r"docker\.io/library/\w+:\d+", one["image"]) for one in engines)
    mounted = [str(part).split(":")[0] for one in COMPOSE["services"].values() for part in one.get("volumes", [])]
    files = {one for one in mounted if one.startswith("./")}
    assert all((DEPLOY / one).exists() for one in files)
    assert set(mounted) - files == set(COMPOSE["volumes"])
    open_ports = {name for name, one in COMPOSE["services"].items() if one.get("ports")}
    assert open_ports == {"proxy"}, "only the proxy is for everybody"


def test_alerts_are_about_counts_that_exist(house: House) -> None:
    rules: list[dict[str, Any]] = yaml.safe_load(_config("alerts.yml"))["groups"][0]["rules"]
    counts = Metrics(house)
    counts.answered("GET", "/", 500, 0.1)
    there = set(re.findall(r"^(werkplaats_\w+)", counts.page({"read": True, "files": False}).decode(), re.MULTILINE))
    for rule in rules:
        assert set(re.findall(r"werkplaats_\w+", rule["expr"])) <= there, rule["alert"]
        assert rule["annotations"]["summary"].endswith(".")
    labels = {name for rule in rules for name in re.findall(r"\{(\w+)=", rule["expr"])}
    assert labels <= {"job", "status"}


@pytest.fixture
def telling(tmp_path: Path) -> Host:
    """A machine where the program only tells with which settings and words it was started."""
    host = Host(tmp_path / "host", {}, "")
    (host.folder / "opt/werkplaats/.venv").unlink()
    program = host.folder / "opt/werkplaats/.venv/bin/werkplaats"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nenv | grep ^WERKPLAATS_\nprintf "word %s\\n" "$@"\n')
    program.chmod(0o755)
    return host


def test_the_command_sees_what_services_see_and_runs_nothing_of_the_settings(telling: Host) -> None:
    settings = telling.folder / "etc/werkplaats/werkplaats.env"
    settings.write_text(f"{_config('werkplaats.env')}\n; off\n  WERKPLAATS_STORE={LIVELY}  \nWERKPLAATS_QUEUE=")
    said = _told(telling, "move", "a b", "$HOME").stdout.splitlines()
    assert said[-3:] == ["word move", "word a b", "word $HOME"]
    told = dict(line.split("=", 1) for line in said[:-3])
    assert told.pop("WERKPLAATS_STORE") == LIVELY
    assert told.pop("WERKPLAATS_QUEUE") == ""
    assert told == dict(re.findall(r"^(WERKPLAATS_\w+)=(.+)$", _config("werkplaats.env"), re.MULTILINE))


@pytest.mark.parametrize(
    "line", ["DATA='/geheim'", 'DATA="/geheim"', "DATA=/ge heim", "DATA=/geheim\\", "/geheim", "a-geheim=b"]
)
def test_settings_that_services_would_read_otherwise_are_refused_and_not_repeated(telling: Host, line: str) -> None:
    settings = telling.folder / "etc/werkplaats/werkplaats.env"
    settings.write_text(f"WERKPLAATS_BASE=https://werkplaats.example\nWERKPLAATS_{line}\n")
    ended = _told(telling, "backup")
    assert ended.returncode == 2
    assert not ended.stdout
    assert f"line 2 of {settings}" in ended.stderr
    assert "heim" not in ended.stderr


def test_without_a_settings_file_the_command_does_nothing(telling: Host) -> None:
    ended = _told(telling, "init")
    assert ended.returncode
    assert not ended.stdout


def _told(host: Host, *words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": f"{host.folder / 'bin'}:{ENOUGH}", "HOME": "/nowhere"}
    command = [str(host.folder / "opt/werkplaats/deploy/werkplaats"), *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def _config(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")
