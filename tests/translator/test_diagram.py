"""The network as a drawing: who stands where, who calls whom, and nothing on top of anything else."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from lecture.translator.choices import Choices
from lecture.translator.diagram import Diagram, draw, letters, standalone
from lecture.translator.diagram.shapes import Box, Label, Wire
from lecture.translator.specs import Machines, Vpc
from tests.translator import capstone
from tests.translator.geometry import faults
from tests.translator.scenes import (
    blueprint,
    bucket,
    by_chance,
    cache,
    database,
    files,
    job,
    service,
)

SVG = "{http://www.w3.org/2000/svg}"
TWELVE = blueprint(
    *(service(name) for name in ("nginx", "frontend", "api", "users", "orders", "payments", "worker", "scheduler")),
    *(database("postgres"), cache("redis"), database("archive"), cache("sessions")),
    links=(
        ("nginx", "frontend", 3000), ("nginx", "api", 8000), ("api", "users", 8001), ("api", "orders", 8002),
        ("api", "payments", 8003), ("users", "postgres", 5432), ("orders", "postgres", 5432),
        ("payments", "postgres", 5432), ("api", "redis", 6379), ("worker", "redis", 6379),
        ("worker", "postgres", 5432), ("scheduler", "redis", 6379), ("api", "sessions", 6379),
        ("scheduler", "archive", 5432),
    ),
    rules=(("nginx", 80),),
)  # fmt: skip


def box(drawing: Diagram, key: str) -> Box:
    return next(box for box in drawing.boxes if box.key == key)


def said(drawing: Diagram) -> dict[str, tuple[str, ...]]:
    """What is written in each box of a resource."""
    return {box.key: tuple(line.text for line in box.letters) for box in drawing.boxes if box.resource}


def lines(drawing: Diagram, net: str) -> list[Wire]:
    return [wire for wire in drawing.wires if wire.net == net]


def leaves(drawing: Diagram, net: str) -> list[str]:
    """The boxes from whose edges the lines of a net start."""
    starts = [wire.points[0] for wire in lines(drawing, net)]
    found = [
        b.key for x, y in starts for b in drawing.boxes if y in (b.y, b.bottom) and b.x <= x <= b.right
    ]  # fmt: skip
    return sorted(found)


def labels(drawing: Diagram, style: str) -> list[str]:
    return [label.text for label in drawing.labels if label.style == style]


def subnet(drawing: Diagram, key: str) -> int:
    """Which row of subnets a box stands in, from above; -1 for none."""
    tops = sorted({frame.y for frame in drawing.frames if frame.kind == "net"})
    nets = [frame for frame in drawing.frames if frame.kind == "net"]
    one = box(drawing, key)
    inside = [
        n.y for n in nets if n.y < one.y and one.bottom < n.y + n.height and n.x < one.right and one.x < n.x + n.width
    ]
    return tops.index(inside[0]) if inside else -1


# ---- the capstone -------------------------------------------------------------------------------


def test_the_capstone_has_a_box_for_each_thing_that_stands_in_its_network():
    assert said(draw(capstone.blueprint()).wide) == {
        "nat": ("NAT gateway", "way out"),
        "load-balancer": ("Application load balancer", "stands in both zones"),
        "api": ("api", "Fargate"),
        "worker": ("worker", "Fargate"),
        "beat": ("beat", "exactly one"),
        "db": ("db", "RDS for PostgreSQL"),
        "db@b": ("standby", "if paid for"),
        "redis": ("redis", "ElastiCache"),
    }


def test_the_capstone_stands_in_public_app_and_data_subnets():
    drawing = draw(capstone.blueprint()).wide
    rows = {key: subnet(drawing, key) for key in said(drawing)}
    assert rows == {
        "load-balancer": 0, "nat": 0, "api": 1, "worker": 1, "beat": 1, "db": 2, "db@b": 2, "redis": 2,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_the_lines_of_the_capstone_start_at_whoever_calls(form):
    drawing = getattr(draw(capstone.blueprint()), form)
    assert leaves(drawing, "db") == ["api", "worker"]
    assert leaves(drawing, "redis") == ["api", "beat", "worker"]
    assert leaves(drawing, "api") == ["load-balancer"]
    assert leaves(drawing, "load-balancer") == ["@gate"]
    assert not drawing.numbered


@pytest.mark.parametrize("net", ["db", "redis", "api", "load-balancer"])
def test_each_bus_has_one_arrow_that_ends_at_the_box_it_calls(net):
    drawing = draw(capstone.blueprint()).wide
    [arrow] = [wire for wire in lines(drawing, net) if wire.head]
    one = box(drawing, net)
    assert arrow.points[-1][1] == one.y
    assert one.x < arrow.points[-1][0] < one.right


def test_ports_stand_beside_the_arrows():
    assert labels(draw(capstone.blueprint()).wide, "port") == ["10.0.0.0/16", ":443 :80", ":8000", ":5432", ":6379"]


def test_homes_colour_what_lives_in_them():
    drawing = draw(capstone.blueprint()).wide
    assert {b.home for b in drawing.boxes if b.kind == "home"} == {"furnished"}
    assert {b.key: (b.kind, b.home) for b in drawing.boxes if b.kind != "home"} == {
        "@internet": ("pill", None),
        "@gate": ("gate", None),
        "db@b": ("ghost", None),
    }


def test_what_leaves_the_app_subnets_goes_out_through_the_nat_gateway():
    drawing = draw(capstone.blueprint()).wide
    into, out = lines(drawing, "@nat")
    nat, gate = box(drawing, "nat"), box(drawing, "@gate")
    assert (into.points[-1][1], out.points[0][1], out.points[-1][0]) == (nat.bottom, nat.y, gate.x)
    assert into.dashed
    assert out.dashed


def test_the_description_could_replace_the_drawing():
    text = draw(capstone.blueprint()).wide.description
    assert text == (
        "A VPC, 10.0.0.0/16, over two zones, each with its own subnets. The internet gateway is its only gate. "
        "In the public subnets: Application load balancer in both zones, NAT gateway (way out). "
        "In the private app subnets: api (Fargate), worker (Fargate), beat (exactly one). "
        "In the data subnets, with no way out: db (RDS for PostgreSQL), redis (ElastiCache). "
        "The internet calls Application load balancer on 443 and 80. Application load balancer calls api on 8000. "
        "api calls db on 5432 and redis on 6379. worker calls db on 5432 and redis on 6379. beat calls redis on 6379. "
        "The private app subnets reach the outside through a NAT gateway."
    )


def test_the_caption_says_what_to_notice():
    assert draw(capstone.blueprint()).caption == (
        "An arrow starts where the conversation starts. Dashed lines are ways out and copies. "
        "A single task may start in either zone."
    )


# ---- other choices ------------------------------------------------------------------------------


def test_without_a_nat_gateway_tasks_stand_in_the_public_subnets():
    drawing = draw(capstone.blueprint(Choices(nat="none"))).wide
    assert {key: subnet(drawing, key) for key in ("load-balancer", "api", "beat", "db")} == {
        "load-balancer": 0, "api": 0, "beat": 0, "db": 1,
    }  # fmt: skip
    assert lines(drawing, "@nat") == []


def test_in_production_the_copies_are_there():
    found = capstone.blueprint(Choices("production"))
    drawing = draw(found).wide
    assert {key: said(drawing)[key] for key in ("db@b", "redis@b", "nat@b")} == {
        "db@b": ("standby", "takes over"),
        "redis@b": ("replica", "takes over"),
        "nat@b": ("NAT gateway", "way out"),
    }
    assert [box(drawing, key).kind for key in ("db@b", "redis@b")] == ["copy", "copy"]
    assert "db with a standby" in drawing.description


def test_a_copy_stands_in_the_other_zone_with_a_dashed_arrow_to_it():
    drawing = draw(capstone.blueprint(Choices("production"))).wide
    [arrow] = lines(drawing, "db@b")
    assert arrow.dashed
    assert (arrow.points[0][0], arrow.points[-1][0]) == (box(drawing, "db").right, box(drawing, "db@b").x)
    assert box(drawing, "db").right < 410 < box(drawing, "db@b").x


def test_two_tasks_stand_in_two_zones_and_both_are_called():
    drawing = draw(blueprint(service("web", count=2), rules=(("web", 80),))).wide
    assert [said(drawing)[key] for key in ("web", "web@b")] == [("web", "Fargate")] * 2
    tips = {wire.points[-1] for wire in lines(drawing, "web") if wire.head}
    assert tips == {(330, box(drawing, "web").y), (490, box(drawing, "web").y)}


def test_many_tasks_are_counted():
    drawing = draw(blueprint(service("web", count=5), rules=(("web", 80),))).wide
    assert (said(drawing)["web"][1], said(drawing)["web@b"][1]) == ("3 tasks", "2 tasks")


def test_what_is_called_from_its_own_row_is_entered_from_above():
    drawing = draw(blueprint(service("a"), service("b"), links=(("a", "b", 80), ("b", "a", 81)))).wide
    assert (leaves(drawing, "a"), leaves(drawing, "b")) == (["b"], ["a"])
    assert faults(drawing) == []


def test_disks_and_buckets_lie_outside_the_vpc():
    found = blueprint(
        service("web", shares=("uploads",), buckets=("media",)), files("uploads"), bucket("media"), rules=(("web", 80),)
    )
    drawing = draw(found).wide
    vpc = next(frame for frame in drawing.frames if frame.kind == "vpc")
    assert all(box(drawing, key).y > vpc.y + vpc.height for key in ("uploads", "media"))
    assert [wire.dashed for wire in lines(drawing, "uploads")] == [False]
    assert [wire.dashed for wire in lines(drawing, "media")] == [True]
    assert labels(drawing, "port")[-2:] == [":2049", ":443"]


def test_a_service_that_became_a_bucket_is_called_over_https():
    drawing = draw(blueprint(service("web"), bucket("minio"), links=(("web", "minio", 9000),))).wide
    assert labels(drawing, "port") == ["10.0.0.0/16", ":443"]


def test_a_job_is_dashed_and_so_is_its_line():
    drawing = draw(blueprint(job("migrate"), database("db"), links=(("migrate", "db", 5432),))).wide
    assert box(drawing, "migrate").kind == "ghost"
    assert [wire.dashed for wire in lines(drawing, "db")] == [True]


def test_an_arrow_is_solid_as_soon_as_one_of_its_callers_stays():
    found = blueprint(job("migrate"), service("web"), database("db"), links=(("migrate", "db", 1), ("web", "db", 1)))
    arrows = lines(draw(found).wide, "db")
    assert [(wire.head, wire.dashed) for wire in arrows] == [(True, False), (False, True)]


def test_a_network_balancer_has_its_own_row_and_its_ports():
    found = blueprint(service("mqtt"), listeners=(("mqtt", 1883, "tcp"), ("mqtt", 53, "udp")), rules=(("mqtt", 80),))
    drawing = draw(found).wide
    assert box(drawing, "network-balancer").y > box(drawing, "load-balancer").bottom
    assert leaves(drawing, "network-balancer") == ["@gate"]
    assert labels(drawing, "port") == ["10.0.0.0/16", ":443 :80", ":1883", ":53", ":80", "+2"]
    said = "The internet calls Application load balancer on 443 and 80; Network load balancer on 1883 and 53/udp."
    assert said in drawing.description


def test_on_ec2_a_service_lives_in_an_empty_house():
    one = box(draw(blueprint(service("vpn", launch="ec2"))).wide, "vpn")
    assert (one.home, [line.text for line in one.letters]) == ("empty", ["vpn", "on EC2"])


def test_a_network_without_anything_in_it_is_still_a_network():
    drawings = draw(blueprint(nats=0))
    assert [b.key for b in drawings.wide.boxes] == ["@internet", "@gate"]
    assert faults(drawings.wide) + faults(drawings.narrow) == []


def test_callers_stand_above_those_whom_they_call():
    drawing = draw(TWELVE).wide
    assert box(drawing, "nginx").y < box(drawing, "api").y < box(drawing, "users").y < box(drawing, "postgres").y


def test_twelve_services_keep_their_lines():
    drawings = draw(TWELVE)
    assert not drawings.wide.numbered
    assert leaves(drawings.wide, "postgres") == ["orders", "payments", "users", "worker"]
    assert faults(drawings.wide) == []


def test_lines_of_one_bus_meet_in_knots():
    drawing = draw(capstone.blueprint()).wide
    ends = {
        point for net in ("db", "redis") for wire in lines(drawing, net) if not wire.head for point in wire.points[-1:]
    }
    assert set(drawing.knots) == ends
    assert len(drawing.knots) == 3


# ---- too many for lines -------------------------------------------------------------------------


def crowd(number: int):
    names = [f"service-{n}" for n in range(number)]
    calls = [(a, b, 8000 + n) for n, (a, b) in enumerate(pairwise(names))]
    return blueprint(*(service(name) for name in names), links=(*calls, ("service-0", "service-2", 9000)))


def test_sixty_services_have_numbers_instead_of_lines():
    drawing = draw(crowd(60)).wide
    assert drawing.numbered
    assert labels(drawing, "door") == [str(n) for n in range(1, 60)]
    assert said(drawing)["service-0"] == ("service-0", "→ 1 2")
    assert said(drawing)["service-59"] == ("service-59", "Fargate")
    assert faults(drawing) == []


def test_a_number_stands_beside_an_arrow_with_its_port():
    drawing = draw(crowd(60)).wide
    [arrow] = lines(drawing, "service-1")
    assert arrow.head
    assert arrow.points[-1] == (330, box(drawing, "service-1").y)
    at = {
        label.style: label.text
        for label in drawing.labels
        if label.y == arrow.points[-1][1] - 8 and 280 < label.x < 380
    }
    assert at == {"port": ":8000", "door": "1"}


def test_the_caption_explains_the_numbers():
    assert draw(crowd(60)).caption.startswith(
        "Each arrow has a number, and who calls it shows that number: → 3 calls door 3."
    )


def test_more_calls_than_fit_are_counted():
    names = [f"s{n}" for n in range(45)]
    found = blueprint(*(service(name) for name in names), links=tuple(("s0", name, 80) for name in names[1:]))
    assert re.fullmatch(r"→ 1 2 3( \d+)* \+\d+", said(draw(found).wide)["s0"][1])


def test_a_description_of_very_many_ends():
    text = draw(crowd(300)).wide.description
    assert text.count(" calls ") == 120
    assert "179 more callers are in the table." in text


# ---- nothing overlaps ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 61))
def test_nothing_lies_on_anything_else(number):
    for seed in range(4 if number <= 20 else 1):
        drawings = draw(by_chance(number, seed))
        assert (faults(drawings.wide), faults(drawings.narrow)) == ([], []), f"by_chance({number}, {seed})"


def test_chance_draws_both_lines_and_numbers():
    found = {(draw(by_chance(n, seed)).wide.numbered) for n in (4, 14, 40) for seed in range(3)}
    assert found == {True, False}


def test_every_resource_that_stands_somewhere_has_a_box_once():
    for seed in range(5):
        found = by_chance(15, seed)
        drawing = draw(found).wide
        keys = [b.key for b in drawing.boxes]
        assert len(keys) == len(set(keys))
        known = {b.resource for b in drawing.boxes}
        standing = {r.id for r in found.resources if not isinstance(r.spec, Vpc | Machines)}
        assert standing - known == set()


def test_each_caller_has_a_line_of_its_own():
    for seed in range(8):
        found = by_chance(7, seed)
        drawing = draw(found).wide
        if drawing.numbered:
            continue
        known = {b.resource for b in drawing.boxes}
        for link in found.links:
            if link.target in known:
                assert link.source in {key.removesuffix("@b") for key in leaves(drawing, link.target)}


def crossed(*points, net="x", head=False):
    """The capstone's drawing with one line more, and nothing else that is drawn by hand."""
    drawing = draw(capstone.blueprint()).wide
    return replace(drawing, wires=(*drawing.wires, Wire(net, points, head)))


def twin() -> Diagram:
    drawing = draw(capstone.blueprint()).wide
    return replace(drawing, boxes=(*drawing.boxes, replace(box(drawing, "redis"), key="twin")))


def labelled(text: str) -> Diagram:
    drawing = draw(capstone.blueprint()).wide
    one = box(drawing, "redis")
    return replace(drawing, labels=(Label(text, one.x, one.y + 20, 30, "port"),))


@pytest.mark.parametrize(
    ("drawing", "fault"),
    [
        (twin(), "the boxes redis and twin overlap"),
        (labelled("on it"), "the label on it lies on the box redis"),
        (crossed((5, 200), (15, 200), head=True), "the arrow to x ends nowhere"),
        (crossed((5, 200), (15, 200)), "a line to x ends in the air"),
        (crossed((410, 40), (410, 400)), "a line to x runs through @gate"),
        (crossed((5, 200), (15, 210)), "a line to x is not straight"),
        (crossed((20, 60), (20, 120)), "a line to x runs under VPC"),
        (crossed((9, 200), (9, 900)), "(9, 200, 9, 900) leaves the drawing"),
        (crossed((116, 200), (116, 230)), "a line to x runs along the edge of a zone"),
        (
            crossed((410, 40), (410, 52)),
            "lines to @gate and x run on top of each other at ((410, 34), (410, 56)) ((410, 40), (410, 52))",
        ),
    ],
)
def test_a_fault_is_found(drawing, fault):
    assert fault in faults(drawing)


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("api", (("api",), False)),
        ("elasticsearch", (("elasticsearch",), False)),
        ("celery-worker-default", (("celery-worker-", "default"), True)),
        ("notification_service", (("notification_", "service"), True)),
        ("recommender", (("recommender",), True)),
        ("averyveryverylongname", (("avery…gname",), True)),
    ],
)
def test_a_name_fits_its_box(name, shown):
    assert letters.WIDE.fitted(name, 108) == shown


def test_a_shortened_name_keeps_its_beginning_and_its_end_and_says_the_rest():
    name = "microserviceforpayments"
    one = box(draw(blueprint(service(name))).wide, name)
    assert (one.letters[0].text, one.full) == ("micro…ments", name)
    assert box(draw(blueprint(service("api"))).wide, "api").full == ""


def test_a_letter_that_we_have_not_measured_is_taken_for_wide():
    assert letters.bold("漢字", 10) == letters.bold("WW", 10)


# ---- as SVG -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "head", "path"),
    [
        (((10, 5), (10, 40)), True, "M10 5V39"),
        (((10, 40), (10, 5)), True, "M10 40V6"),
        (((10, 5), (10, 20), (50, 20)), True, "M10 5V20H49"),
        (((50, 5), (10, 5)), True, "M50 5H11"),
        (((10, 5), (10, 20), (50, 20)), False, "M10 5V20H50"),
    ],
)
def test_the_line_of_an_arrow_stops_before_its_tip(points, head, path):
    assert Wire("x", points, head).path == path


def rendered(found, prefix="net") -> str:
    return render_to_string("translator/diagram.html", {"drawings": draw(found), "prefix": prefix})


def test_the_template_prints_both_forms_with_titles_of_their_own():
    page = rendered(capstone.blueprint())
    assert re.findall(r'viewBox="([^"]+)" role="img" aria-labelledby="([^"]+)"', page) == [
        (f"0 0 720 {draw(capstone.blueprint()).wide.height}", "net-w-t net-w-d"),
        (f"0 0 336 {draw(capstone.blueprint()).narrow.height}", "net-n-t net-n-d"),
    ]
    assert re.findall(r' id="([^"]+)"', page) == ["net-w-t", "net-w-d", "net-n-t", "net-n-d"]
    assert re.findall(r' id="([^"]+)"', rendered(capstone.blueprint(), "other")) == [
        "other-w-t", "other-w-d", "other-n-t", "other-n-d",
    ]  # fmt: skip


def test_the_template_holds_no_style_of_its_own():
    assert "style" not in rendered(TWELVE)


def test_a_name_cannot_become_markup():
    found = blueprint(service('<script>&"x'), rules=(('<script>&"x', 80),))
    assert "<script" not in rendered(found)
    assert "&lt;script&gt;&amp;" in rendered(found)
    assert "<script" not in standalone(draw(found).wide)
    ElementTree.fromstring(standalone(draw(found).wide))


def test_a_drawing_is_a_file_of_its_own():
    root = ElementTree.fromstring(standalone(draw(TWELVE).wide))
    assert (root.tag, root.get("role"), root.get("aria-labelledby")) == (f"{SVG}svg", "img", "network-t network-d")
    assert root.find(f"{SVG}title").text == "The network on AWS: a VPC over two zones"
    assert "postgres" in root.find(f"{SVG}desc").text
    assert [marker.get("id") for marker in root.iter(f"{SVG}marker")] == ["arrow"]


def test_every_class_of_the_drawing_is_styled_in_the_file_and_on_the_page():
    found = capstone.blueprint(Choices("production"))
    used = {
        name for classes in re.findall(r'class="([^"]+)"', standalone(draw(found).wide)) for name in classes.split()
    }
    rules = re.search(r"<style>(.*)</style>", standalone(draw(found).wide))[1]
    css = (settings.BASE_DIR / "static/css/course.css").read_text()
    assert {name for name in used if f".{name}" not in rules} == set()
    assert {name for name in used if f".{name} " not in css} == set()


def test_the_colours_of_the_file_are_those_of_the_day():
    css = (settings.BASE_DIR / "static/css/course.css").read_text()
    day = dict(re.findall(r"--([\w-]+): +light-dark\((#\w{6}),", css))
    used = set(re.findall(r"#\w{6}", standalone(draw(capstone.blueprint()).wide)))
    assert used <= set(day.values())
    assert {day[name] for name in ("ink", "paper", "panel", "furnished-text", "hotel-wash")} <= used
