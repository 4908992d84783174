"""A PostgreSQL of the tests' own: in a temporary folder, on a socket there, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin): nothing of this was tried on it"


def binaries() -> Path | None:
    """Where the newest installed PostgreSQL has its programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@contextmanager
def server(bin: Path) -> Iterator[str]:
    """The address of an empty database; the server listens to a socket in a temporary folder alone."""
    folder = Path(tempfile.mkdtemp(prefix="course-pg-"))  # short: a socket's path has 107 bytes
    as_postgres = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]

    def pg(*command: str) -> None:
        subprocess.run([*as_postgres, str(bin / command[0]), *command[1:]], check=True, cwd=folder, capture_output=True)

    data, options = str(folder / "data"), f"-c listen_addresses='' -c fsync=off -k {folder}"
    try:
        pg("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        pg("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        yield f"postgres://postgres@{str(folder).replace('/', '%2F')}/postgres"
        pg("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)
