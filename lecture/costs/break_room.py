"""What the page of the break-even shows: today's two bills, the curves, every crossing, and what moves them."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from lecture.costs import breakeven, charts
from lecture.costs.bill import Bill
from lecture.costs.breakeven import DAYS, MB, Case, Crossing, LambdaDoor, Lines, Load, TaskDoor, Verdict
from lecture.costs.capstone import SIZES
from lecture.costs.charts import Axes, Chart, Curve, Mark
from lecture.costs.fields import Answer, Answers, Choice, Field, Number, Query, ask, plain, series
from lecture.costs.formula import money, written
from lecture.costs.prices import PriceSheet, dollars

MEMORY = tuple(map(Decimal, (128, 256, 512, 1024, 1536, 1769, 2048, 3008, 4096, 6144, 8192, 10240)))
SMALL = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500)
NO_YES = (("no", "Without"), ("yes", "With it"))
FIELDS: tuple[Field, ...] = (
    Number("memory", "Memory of the function", "MB", Decimal(512), MEMORY),
    Number("ms", "One call takes", "ms", Decimal(200), series(1, 900_000)),
    Number("a-day", "Calls", "a day", Decimal(100_000), series(1, 1_000_000_000)),
    Number("peak", "The busiest moment", "times the average", Decimal(10), series(1, 1000), whole=False),
    Choice("work", "The call is mostly", (("waiting", "waiting"), ("computing", "computing"))),
    Number("at-once", "A task holds, while they wait", "calls at once", Decimal(50), series(1, 10_000)),
    Number("tasks", "Tasks, at least", "tasks", Decimal(1), tuple(map(Decimal, SMALL))),
    Choice("task", "Each task", tuple((id, f"{plain(cpu)} vCPU, {plain(gb)} GB") for id, (cpu, gb) in SIZES.items())),
    Choice(
        "function-door",
        "The function’s front door",
        (
            ("none", "None, or the same"),
            ("url", "Function URL"),
            ("http", "HTTP API"),
            ("rest", "REST API"),
            ("alb", "Load balancer"),
        ),
    ),
    Choice(
        "task-door",
        "The container’s front door",
        (("none", "None, or the same"), ("address", "Public addresses"), ("alb", "Load balancer")),
    ),
    Choice("region", "Region", (("us-east-1", "N. Virginia"), ("eu-west-2", "London"))),
    Choice("arch", "Processor", (("x86", "x86"), ("arm", "ARM"))),
    Choice("free", "Lambda’s free tier", NO_YES),
    Number("warm", "Kept warm", "environments", Decimal(0), (Decimal(0), *series(1, 1000))),
)
GROUPS = (
    ("A call", ("memory", "ms", "work")),
    ("How many", ("a-day", "peak")),
    ("The container", ("task", "tasks", "at-once", "task-door")),
    ("The function", ("function-door", "free", "warm")),
    ("Both", ("region", "arch")),
)
# the nine rows of the errata, A2: tasks, the container's door, the function's door
NINE: tuple[tuple[str, int, TaskDoor, LambdaDoor], ...] = (
    ("1 task, the same door for both", 1, "none", "none"),
    ("2 tasks, the same door for both", 2, "none", "none"),
    ("1 task + balancer, function URL", 1, "alb", "url"),
    ("1 task + balancer, HTTP API", 1, "alb", "http"),
    ("1 task + balancer, REST API", 1, "alb", "rest"),
    ("2 tasks + balancer, HTTP API", 2, "alb", "http"),
    ("2 tasks + balancer, REST API", 2, "alb", "rest"),
    ("1 task with an address, HTTP API", 1, "address", "http"),
    ("1 task alone, HTTP API (unfair)", 1, "none", "http"),
)
DURATIONS = tuple(map(Decimal, (10, 20, 50, 100, 200, 500, 1000, 2000)))
DOOR_LIMIT = {"http": Decimal(30_000), "rest": Decimal(29_000)}  # ms until the door gives up
QUOTA = Decimal(1000)  # function environments at once, by default
SIDES = {"lambda": "the function", "fargate": "the container"}
MICRO = Decimal("0.000001")  # of a dollar, in written sums
MOST_STEPS = 120  # of the container's line that are drawn one by one
SLIP = Case(region="eu_west_2")  # the call of document 003


@dataclass(frozen=True, slots=True)
class Side:
    """One bill: its lines with their formulas, and its total."""

    name: str
    home: str
    lines: list[tuple[str, str, Decimal]]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """A break-even under another assumption: its name, calls a day, and the address that opens it."""

    name: str
    crossing: Crossing | None
    cheaper: str  # where nothing crosses
    query: str
    here: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """The story of document 003, with its own call in London."""

    task: Decimal  # a month
    small: Decimal  # 300,000 calls on Lambda
    large: Decimal  # ten million
    right: Crossing
    of_ten_million: Decimal  # a day


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that the page shows."""

    case: Case
    verdict: Verdict
    said: str
    today: str
    load: Load
    groups: list[tuple[str, list[Answer]]]
    sides: list[Side]
    chart: Chart
    equation: list[str]
    nine: list[Moved]
    durations: list[Moved]
    works: list[Moved]
    warnings: list[str]
    fallback: list[str]
    slip: Slip
    answers: tuple[Answer, ...]
    points: list[tuple[Decimal, Decimal, Decimal, int]]  # calls a day, US dollars on either side, tasks

    @property
    def wrong(self) -> list[Answer]:
        """The answers that were refused."""
        return [answer for answer in self.answers if answer.problem]

    @property
    def seconds(self) -> Decimal:
        """Of a call."""
        return self.case.ms / 1000

    @property
    def vcpu(self) -> Decimal:
        """What part of a vCPU the function's memory brings."""
        return self.case.memory / breakeven.VCPU_MB

    @property
    def task_vcpu(self) -> Decimal:
        """Of one task."""
        return SIZES[self.case.task][0]

    @property
    def full(self) -> Decimal:
        """Calls a second that fill one task."""
        return self.task_vcpu / self.case.vcpu_seconds

    @property
    def first(self) -> Crossing | None:
        """The break-even."""
        return self.verdict.first

    @property
    def both_ways(self) -> list[tuple[Crossing, str, str]]:
        """Every crossing with who is cheaper below and above it."""
        return [
            (one, SIDES["lambda" if one.cheaper_above == "fargate" else "fargate"], SIDES[one.cheaper_above])
            for one in self.verdict.crossings
        ]


def asked(query: Query) -> Answers:
    """What an address asks for."""
    return ask(FIELDS, query)


def case(answers: Answers) -> Case:
    """The same for the sums."""
    number, choice = answers.number, answers.choice
    return Case(
        memory=number("memory"),
        ms=number("ms"),
        per_day=number("a-day"),
        peak=number("peak"),
        at_once=number("at-once"),
        tasks=int(number("tasks")),
        task=choice("task"),
        work="computing" if choice("work") == "computing" else "waiting",
        lambda_door=choice("function-door"),  # type: ignore[arg-type] # one of the options above
        task_door=choice("task-door"),  # type: ignore[arg-type]
        region="eu_west_2" if choice("region") == "eu-west-2" else "us_east_1",
        arch="arm" if choice("arch") == "arm" else "x86",
        free=choice("free") == "yes",
        warm=int(number("warm")),
    )


def room(answers: Answers, sheet: PriceSheet) -> Room:
    """The page for what is asked."""
    one = case(answers)
    verdict, lines = breakeven.crossings(one, sheet), breakeven.straight(one, sheet)
    month = one.per_day * DAYS
    function, container = breakeven.on_lambda(one, sheet, month), breakeven.on_fargate(one, sheet, month)
    return Room(
        case=one,
        verdict=verdict,
        said=_said(verdict),
        today=_today(one, function.total, container.total),
        load=breakeven.load(one, one.per_day),
        groups=[(name, [answers.of(id) for id in ids]) for name, ids in GROUPS],
        sides=[_side("On Lambda", "hotel", function), _side("On Fargate", "furnished", container)],
        chart=_chart(one, verdict, lines),
        equation=_equation(one, verdict.first, sheet),
        nine=_nine(answers, one, sheet),
        durations=[_moved(answers, sheet, f"{plain(ms)} ms", ms=plain(ms)) for ms in DURATIONS],
        works=[_moved(answers, sheet, f"It is mostly {work}", work=work) for work in ("waiting", "computing")],
        warnings=_warnings(one, breakeven.load(one, one.per_day)),
        fallback=[sheet.by_id[id].item for id in dict.fromkeys((*function.fallback, *container.fallback))],
        slip=_slip(sheet),
        answers=answers.all,
        points=_points(one, lines),
    )


def _side(name: str, home: str, found: Bill) -> Side:
    return Side(name, home, [(line.text, written(line), line.usd or Decimal()) for line in found.lines], found.total)


def _today(one: Case, function: Decimal, container: Decimal) -> str:
    """Who is cheaper at the volume that was asked about."""
    cheaper = "costs the same" if function == container else "is cheaper"
    side = SIDES["lambda" if function <= container else "fargate"]
    bills = f"{money(function)} on Lambda, {money(container)} on Fargate"
    return f"At {one.per_day:,f} calls a day {side} {cheaper}: {bills}."


def _said(verdict: Verdict) -> str:
    """The answer in a sentence."""
    if verdict.first is None:
        side = SIDES[verdict.cheaper_below]
        return f"The lines do not cross: {side} is cheaper at every volume that we looked at."
    return f"The lines cross at {verdict.first.per_day:,f} calls a day."


# ---- the curves ----------------------------------------------------------------------------------


def _chart(one: Case, verdict: Verdict, lines: Lines) -> Chart:
    wanted = [one.per_day, *(crossing.month / DAYS for crossing in verdict.crossings[:3])]
    x = charts.decades(wanted, 0, 9, beyond=1)
    ends = [Decimal(10) ** power for power in x]
    container = [_on_fargate(one, lines, end) for end in ends]
    level = [lines.function(one.per_day * DAYS), *container, lines.function(ends[1] * DAYS)]
    y = charts.decades([value for value in level if value > Decimal("0.01")], -2, 8)
    axes = Axes(
        x, (max(min(y[0], y[1] - 3), -2), y[1]), _short, lambda usd: f"${_short(usd)}", "calls a day", "$ a month",
        one.per_day, f"today, {_short(one.per_day)}",
    )  # fmt: skip
    function = Curve("Lambda", "hotel", charts.sampled(lambda day: lines.function(day * DAYS), *x, _knots(lines)))
    return charts.curves(
        "curves",
        "What both cost a month, by calls a day",
        _describe(verdict),
        [function, Curve("Fargate", "furnished", _steps(one, lines, *x))],
        [_mark(at, crossing) for at, crossing in enumerate(verdict.crossings)],
        axes,
    )


def _knots(lines: Lines) -> list[Decimal]:
    return [requests / DAYS for requests, _ in lines.knots if requests]


def _on_fargate(one: Case, lines: Lines, per_day: Decimal) -> Decimal:
    return lines.container(breakeven.tasks(one, per_day * DAYS))


def _steps(one: Case, lines: Lines, low: int, high: int) -> tuple[tuple[Decimal, Decimal], ...]:
    """The container's line: level, with a step where a task is added; many steps become a slope."""
    start, end = Decimal(10) ** low, Decimal(10) ** high
    each = breakeven.capacity(one) / DAYS
    fewest, most = (breakeven.tasks(one, day * DAYS) for day in (start, end))
    if most - fewest > MOST_STEPS:
        return charts.sampled(lambda day: _on_fargate(one, lines, day), low, high)
    found = [(start, lines.container(fewest))]
    for number in range(fewest, most):
        found += [(number * each, lines.container(number)), (number * each, lines.container(number + 1))]
    return (*found, (end, lines.container(most)))


def _points(one: Case, lines: Lines) -> list[tuple[Decimal, Decimal, Decimal, int]]:
    """The curves at every power of ten that may interest, and at today's calls."""
    days = sorted({one.per_day, *(Decimal(10) ** power for power in range(3, 9))})
    return [(d, lines.function(d * DAYS), _on_fargate(one, lines, d), breakeven.tasks(one, d * DAYS)) for d in days]


def _mark(at: int, crossing: Crossing) -> Mark:
    first = at == 0
    return Mark(
        crossing.month / DAYS,
        crossing.usd,
        "first" if first else "later",
        f"{crossing.per_day:,f} a day" if first else "",
    )


def _describe(verdict: Verdict) -> str:
    if not verdict.crossings:
        return f"The lines do not cross; {SIDES[verdict.cheaper_below]} is the cheaper one throughout."
    told = ", ".join(f"{one.per_day:,f}" for one in verdict.crossings[:5])
    lines = "Lambda’s line rises with every call; Fargate’s is level and steps up with each task."
    return f"{lines} They cross at {told} calls a day."


def _short(number: Decimal) -> str:
    """1,000,000 as 1M; small ones as they are."""
    for size, name in ((10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{plain(round(number / size, 2))}{name}"
    return plain(round(number, 2))


# ---- the sum behind the crossing ------------------------------------------------------------------


def _equation(one: Case, first: Crossing | None, sheet: PriceSheet) -> list[str]:
    """How the break-even is worked out by hand, where the function's line has no steps of price before it."""
    if first is None or first.step or one.warm:
        return []
    price = sheet.by_id[f"lambda.{one.arch}"].amount(one.region).usd
    request = sheet.by_id["lambda.request"].amount(one.region).usd
    door = (
        sheet.by_id[f"apigw.{one.lambda_door}"].amount(one.region).usd if one.lambda_door in DOOR_LIMIT else Decimal()
    )
    call = request + one.gb_seconds * price + door
    standing = breakeven.lambda_usd(one, sheet, Decimal())
    free = call * first.month + standing - breakeven.lambda_usd(one, sheet, first.month)
    whole = f"{plain(one.memory / MB)} GB × {plain(one.ms / 1000)} s × {dollars(price)} + {dollars(request)}"
    top = f"${plain((first.usd - standing).quantize(MICRO))}"
    written_top = f"({top} + ${plain(free.quantize(MICRO))} free)" if free > Decimal("0.005") else top
    return [
        f"One call: {whole}{f' + {dollars(door)} at the door' if door else ''} = ${plain(call)}",
        f"A month: {written_top} ÷ ${plain(call)} = {first.month:,.0f} calls",
        f"A day: {first.month:,.0f} ÷ 30.4167 = {first.per_day:,f} calls",
    ]


# ---- what moves it --------------------------------------------------------------------------------


def _moved(answers: Answers, sheet: PriceSheet, name: str, **changed: str) -> Moved:
    """The break-even with some answers changed."""
    pairs = dict(answers.pairs()) | {key.replace("_", "-"): value for key, value in changed.items()}
    other = ask(FIELDS, {key: [value] for key, value in pairs.items()})
    verdict = breakeven.crossings(case(other), sheet, most=1)
    same = {a.name: a.value for a in answers.all} == {a.name: a.value for a in other.all}
    return Moved(name, verdict.first, SIDES[verdict.cheaper_below], urlencode(other.pairs()), same)


def _nine(answers: Answers, one: Case, sheet: PriceSheet) -> list[Moved]:
    return [
        _moved(answers, sheet, name, tasks=str(tasks), task_door=task_door, function_door=function_door)
        for name, tasks, task_door, function_door in NINE
    ]


def _warnings(one: Case, load: Load) -> list[str]:
    """What would stop this before its price does."""
    found = []
    limit, seconds = DOOR_LIMIT.get(one.lambda_door), plain(one.ms / 1000)
    if limit and one.ms > limit:
        found.append(f"This door gives up after {plain(limit / 1000)} s: a call of {seconds} s never gets an answer.")
    if load.peak_in_flight > QUOTA:
        calls = f"{load.peak_in_flight:,.0f} calls at once"
        found.append(f"{calls} are more than the {QUOTA:,f} that Lambda allows by default. Ask for more first.")
    if one.work == "computing":
        found.append(
            "The tasks are sized for the busiest moment and run all month. Scaling by the hour would need fewer."
        )
    if one.free and one.warm:
        found.append("Functions with provisioned concurrency get no free tier, so it is not counted.")
    if one.warm and one.arch == "arm":
        found.append("Our sheet has no ARM price for kept-warm environments: the x86 price is taken.")
    return found


def _slip(sheet: PriceSheet) -> Slip:
    right = breakeven.crossings(SLIP, sheet).first
    assert right is not None
    return Slip(
        task=breakeven.on_fargate(SLIP, sheet, Decimal(1)).total,
        small=breakeven.on_lambda(SLIP, sheet, Decimal(300_000)).total,
        large=breakeven.on_lambda(SLIP, sheet, Decimal(10_000_000)).total,
        right=right,
        of_ten_million=Decimal(10_000_000) / DAYS,
    )
