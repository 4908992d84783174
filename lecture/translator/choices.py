"""What a visitor may choose, and what each choice means where nothing more is said."""

from dataclasses import dataclass
from typing import Literal

from lecture.costs.prices import REGIONS, Region

Size = Literal["learning", "production"]
Nat = Literal["none", "one", "per-zone"]
Arch = Literal["x86", "arm"]


@dataclass(frozen=True, slots=True)
class Choices:
    """None leaves a thing to `size`: learning is one of everything, production survives a zone."""

    size: Size = "learning"
    region: Region = "us_east_1"
    arch: Arch = "x86"
    nat: Nat | None = None
    multi_az: bool | None = None
    deletion_protection: bool | None = None
    backup_days: int | None = None
    self_host: frozenset[str] = frozenset()  # services that would be managed, kept as containers
    profiles: frozenset[str] = frozenset()

    @property
    def production(self) -> bool:
        """Whether the size is production."""
        return self.size == "production"

    @property
    def nat_gateways(self) -> int:
        """How many NAT gateways: 0, 1 or 2."""
        return {"none": 0, "one": 1, "per-zone": 2}[self.nat or ("per-zone" if self.production else "one")]

    @property
    def standby(self) -> bool:
        """Whether databases and caches have a second copy in the other zone."""
        return self.production if self.multi_az is None else self.multi_az

    @property
    def protected(self) -> bool:
        """Whether databases refuse to be deleted."""
        return self.production if self.deletion_protection is None else self.deletion_protection

    @property
    def backups(self) -> int:
        """Days for which a database's backups are kept."""
        return (7 if self.production else 1) if self.backup_days is None else self.backup_days

    @property
    def aws_region(self) -> str:
        """As AWS writes it, us-east-1."""
        return self.region.replace("_", "-")


def region(text: str) -> Region:
    """The region of `text`, us-east-1 or us_east_1; raises LookupError with those that there are."""
    for known in REGIONS:
        if text.replace("-", "_") == known:
            return known
    raise LookupError(f"{text} is not on the price sheet. Choose {' or '.join(r.replace('_', '-') for r in REGIONS)}.")
