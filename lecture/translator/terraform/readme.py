"""README.md of the zip."""

from decimal import Decimal

from lecture.translator.terraform.site import Site


def text(site: Site, monthly_usd: Decimal | None, bill: str) -> str:
    """The page itself."""
    return "# x\n"
