"""What stands in a cell such as "Virtual Network (VNet); Cloud Run (older)": services, and what brackets add."""

import re
from dataclasses import dataclass

PIECE = re.compile(r";\s*(?![^()]*\))")  # a semicolon outside brackets
BRACKETS = re.compile(r"\s*\(([^()]*)\)")
ALTERNATIVES = re.compile(r"\s+(?:/|\+|or)\s+")
SHORT = re.compile(r"\w*[A-Z]\w*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One service of a cell; without a text where all is in brackets, which means that there is no match."""

    text: str
    aside: str = ""  # what stood in brackets

    @property
    def names(self) -> list[str]:
        """Every name in it: alternatives, then a short form in brackets, such as ALB."""
        names = [name.removeprefix("image: ") for name in ALTERNATIVES.split(self.text) if name]
        return [*names, self.aside] if SHORT.fullmatch(self.aside) else names


def pieces(cell: str) -> list[Piece]:
    """The services of a cell, in order."""
    return [_piece(piece) for piece in PIECE.split(cell) if piece.strip()]


def _piece(piece: str) -> Piece:
    return Piece(BRACKETS.sub("", piece).strip(), "; ".join(BRACKETS.findall(piece)))
