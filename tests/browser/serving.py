"""The real thing on a free port: migrated, collected, served by gunicorn, and stopped again."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds until it must answer
FAULT = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback", re.M)


@dataclass(frozen=True)
class Site:
    """A site that is being served: its address, and the folder with its state."""

    url: str
    var: Path

    def addresses(self) -> list[str]:
        """Every path of the sitemap."""
        with urlopen(f"{self.url}/sitemap.xml") as response:
            places = ElementTree.parse(response).iterfind(".//{*}loc")
            return [(place.text or "").removeprefix(self.url) for place in places]


@contextmanager
def serving(var: Path, before: Callable[[Path], object] = lambda var: None, **variables: str) -> Iterator[Site]:
    """Serve the course from `var` until the block ends; `before` may add to `var` what is collected.

    Raises AssertionError where the server says anything at ERROR.
    """
    bind = f"127.0.0.1:{_free_port()}"
    environment = _environment() | {"COURSE_VAR": str(var), "COURSE_BIND": bind} | variables
    for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--no-input"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    before(var)
    log = var / "stderr.log"
    command = [sys.executable, "-m", "gunicorn", "-c", "courseapp/server.py", "courseapp.wsgi"]
    with log.open("wb") as stderr:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)
    try:
        _wait(server, f"http://{bind}/healthz", log)
        yield Site(f"http://{bind}", var)
        assert server.poll() is None, f"The server was ended by somebody else ({server.returncode})."
    finally:
        _stop(server)
    said = log.read_text()
    assert not FAULT.search(said), f"The server said:\n{said}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    """This machine's, without what configures an installation or a test."""
    own = {n: v for n, v in os.environ.items() if not n.startswith("COURSE_") and n != "DATABASE_URL"}
    return own | {"DJANGO_SETTINGS_MODULE": "courseapp.settings"}


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, f"The server did not start:\n{log.read_text()}"
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.05)  # nobody listens yet, so there is nothing to wait for
        else:
            return
    raise AssertionError(f"{address} did not answer in {PATIENCE} seconds:\n{log.read_text()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
