"""The real compose files to test against, where they are on this machine."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".yaml", ".yml"))

needs_corpus = pytest.mark.skipif(not FILES, reason=f"NOT TESTED: there are no compose files in {CORPUS}")


def name(path: Path) -> str:
    """How a test calls a file."""
    return str(path.relative_to(CORPUS))
