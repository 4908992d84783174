"""The drawing in words: a title, a description that could replace it, and what to notice."""

from collections import defaultdict

from lecture.translator.diagram.calls import GATE, Call
from lecture.translator.diagram.stage import Actor, Stage, Tier

LONGEST = 120  # callers that a description names one by one


def title(scene: Stage) -> str:
    """What is drawn."""
    return "The network on AWS: a VPC over two zones"


def caption(scene: Stage, numbered: bool) -> str:
    """What to notice."""
    said = ["An arrow starts where the conversation starts."]
    if numbered:
        said = ["Each arrow has a number, and who calls it shows that number: → 3 calls door 3."]
    if scene.nats or any(actor.form == "couple" or actor.ghost for actor in scene.actors):
        said.append("Dashed lines are ways out and copies.")
    if any(actor.form == "single" and actor.tier in {"app", "public"} for actor in scene.actors):
        said.append("A single task may start in either zone.")
    return " ".join(said)


def description(scene: Stage) -> str:
    """Who stands where, and who calls whom on which port."""
    said = [
        f"A VPC, {scene.cidr}, over two zones, each with its own subnets. The internet gateway is its only gate.",
        *_stands(scene),
        *_calls(scene),
    ]
    if scene.nats:
        way = "a NAT gateway" if scene.nats == 1 else "a NAT gateway in each zone"
        said.append(f"The private app subnets reach the outside through {way}.")
    return " ".join(said)


def _stands(scene: Stage) -> list[str]:
    places: dict[Tier, str] = {
        "public": "In the public subnets: {}.",
        "app": "In the private app subnets: {}.",
        "data": "In the data subnets, with no way out: {}.",
        "outside": "Outside the VPC: {}.",
    }
    return [
        text.format(", ".join(_named(actor) for actor in actors))
        for tier, text in places.items()
        if (actors := scene.of(tier))
    ]


def _named(actor: Actor) -> str:
    over = " in both zones" if actor.form in {"pair", "span"} else ""
    copy = f" with a {actor.other[0]}" if actor.form == "couple" and actor.paid else ""
    return (
        f"{actor.name}{over}{copy} ({actor.subs[0]})" if actor.tier != "public" or not over else f"{actor.name}{over}"
    )


def _calls(scene: Stage) -> list[str]:
    """A sentence for each caller."""
    names = {actor.id: actor.name for actor in scene.actors} | {GATE: "The internet"}
    by_source: dict[str, list[Call]] = defaultdict(list)
    for call in scene.calls:
        by_source[call.source].append(call)
    said = [f"{names[source]} calls {_targets(calls, names)}." for source, calls in list(by_source.items())[:LONGEST]]
    if len(by_source) > LONGEST:
        said.append(f"{len(by_source) - LONGEST} more callers are in the table.")
    return said


def _targets(calls: list[Call], names: dict[str, str]) -> str:
    said = [f"{names[call.target]} on {_and([*call.ports])}" for call in calls]
    return "; ".join(said) if any(len(call.ports) > 1 for call in calls) else _and(said)


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
