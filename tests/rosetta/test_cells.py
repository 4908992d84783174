"""What stands in a cell."""

import pytest
from django.conf import settings

from lecture.rosetta.cells import Piece, pieces
from lecture.rosetta.concepts import read


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("EC2", [Piece("EC2")]),
        ("Cloud Run; App Engine", [Piece("Cloud Run"), Piece("App Engine")]),
        ("Virtual Network (VNet)", [Piece("Virtual Network", "VNet")]),
        ("Lambda (Event Functions; Web Functions)", [Piece("Lambda", "Event Functions; Web Functions")]),
        ("(none; SendGrid etc.)", [Piece("", "none; SendGrid etc.")]),
        ("(Cloud Run + Pub/Sub); Firebase RTDB", [Piece("", "Cloud Run + Pub/Sub"), Piece("Firebase RTDB")]),
        ("", []),
    ],
)
def test_a_cell_falls_into_services(cell, found):
    assert pieces(cell) == found


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Application Load Balancer (ALB)", ["Application Load Balancer", "ALB"]),
        ("GKE Standard node pools / Container-Optimized OS", ["GKE Standard node pools", "Container-Optimized OS"]),
        ("CodePipeline + CodeBuild", ["CodePipeline", "CodeBuild"]),
        ("image: valkey/valkey or redis", ["valkey/valkey", "redis"]),
        ("Memorystore (Valkey or Redis)", ["Memorystore"]),
        ("(none)", []),
    ],
)
def test_a_service_has_names(cell, names):
    [piece] = pieces(cell)
    assert piece.names == names


def test_no_cell_of_the_sheet_loses_a_word():
    for concept in read(settings.BASE_DIR / "content").concept:
        for cell in (concept.aws, concept.gcp, concept.azure, concept.local):
            kept = "".join(f"{piece.text}{piece.aside}" for piece in pieces(cell))
            assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in cell if c.isalnum()), cell
