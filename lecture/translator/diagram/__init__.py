"""The network of a blueprint as a drawing, and the table that says the same."""

from lecture.translator.diagram.draw import draw
from lecture.translator.diagram.shapes import Diagram, Drawings
from lecture.translator.diagram.standalone import standalone

__all__ = ["Diagram", "Drawings", "draw", "standalone"]
