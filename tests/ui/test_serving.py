"""Serving the site: to whom, on which port, and that it starts and stops as people expect."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

import command
from command import running
from raccordo_ui import cli
from raccordo_ui.serving import is_loopback

READY = "Raccordo è pronto: "
plain_environment, prepared = command.plain_environment, command.prepared
pytestmark = pytest.mark.usefixtures("plain_environment")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "raccordo.example.org", "127.0.0.1.it"])  # noqa: S104  # all refused
def test_a_demonstration_is_served_to_this_computer_only(
    host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RACCORDO_MODE", "demo")
    for name in ("serve", "run"):
        assert cli.main([name, "--host", host]) == 1
    assert capsys.readouterr().err.count("risponde solo da questo computer") == 2


def test_every_loopback_address_is_one() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.1.2.3", "::1", "localhost"))


def test_a_port_that_is_taken_says_so(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "sceglierne un'altra con --port" in capsys.readouterr().err


def test_a_port_that_cannot_exist_is_refused(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--port", "99999"]) == 1
    assert capsys.readouterr().err == "99999 non è una porta: va da 1 a 65535.\n"


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if line.startswith(READY):
            return line.removeprefix(READY).split()[0]
    pytest.fail(f"never ready: {process.stderr.read() if process.stderr else ''}")


def test_run_prepares_serves_and_stops_quietly_when_interrupted(tmp_path: Path) -> None:
    with running("run", "--port", "0", "--data", str(tmp_path / "new")) as process:
        with urlopen(address_of(process), timeout=20) as answer:  # noqa: S310  # the address that we just started
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_serve_says_when_it_is_a_demonstration_and_when_not(prepared: Path) -> None:
    for mode, said in (("demo", "(dimostrazione: "), ("production", "")):
        with running("serve", "--port", "0", mode=mode) as process:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith(f"{READY}http://127.0.0.1:")
            assert said in line
            assert ("dimostrazione" in line) == (mode == "demo")
