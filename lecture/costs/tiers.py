"""Prices that change with the amount: so much at the first price, the rest at the next."""

from decimal import Decimal

from lecture.costs.prices import PriceSheet, Region

GB = Decimal(1024)  # of a TB, as egress is counted
Tiers = tuple[tuple[Decimal | None, str], ...]  # up to how much, and the price; the last has no end

# to the internet, a month and account; the first 100 GB are free
EGRESS: Tiers = (
    (Decimal(100), "egress.free"),
    (10 * GB, "egress.t1"),
    (50 * GB, "egress.t2"),
    (150 * GB, "egress.t3"),
    (None, "egress.t4"),
)
# GB-seconds of functions; for ARM the sheet has the first price alone
DURATION: dict[str, Tiers] = {
    "x86": (
        (Decimal("6e9"), "lambda.x86"),
        (Decimal("15e9"), "lambda.x86.t2"),
        (None, "lambda.x86.t3"),
    ),
    "arm": ((None, "lambda.arm"),),
}
HTTP_API: Tiers = ((Decimal("3e8"), "apigw.http"), (None, "apigw.http.t2"))


def split(amount: Decimal, tiers: Tiers) -> list[tuple[str, Decimal]]:
    """How much of `amount` is billed at which price, in order; nothing of a price that is not reached."""
    found, billed = [], Decimal()
    for upto, price in tiers:
        end = amount if upto is None else min(amount, upto)
        if end > billed:
            found.append((price, end - billed))
            billed = end
    return found or [(tiers[0][1], Decimal())]


def known(tiers: Tiers, sheet: PriceSheet, region: Region) -> Tiers:
    """The tiers up to the last whose price the region has; that one has no end then.

    A later step is always cheaper, so a price of another region would be guessing in the wrong direction.
    """
    found: list[tuple[Decimal | None, str]] = []
    for upto, price in tiers:
        row = sheet.by_id.get(price)
        if row is None or (region == "eu_west_2" and row.eu_west_2 is None and found):
            break
        found.append((upto, price))
    last = found[-1][1] if found else tiers[0][1]
    return (*found[:-1], (None, last))
