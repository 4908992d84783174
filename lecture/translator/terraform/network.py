"""network.tf: the VPC over its zones, the subnets of three tiers, the ways in and out."""

from functools import lru_cache
from ipaddress import ip_network

from lecture.translator.specs import NatGateways, Vpc
from lecture.translator.terraform.hcl import implied
from lecture.translator.terraform.site import Site

FIRST = {"public": 1, "app": 11, "data": 21}  # where the blocks of a tier begin
TIERS = {
    "public": "a public subnet in each zone, where load balancers and NAT gateways stand",
    "app": "a subnet in each zone for your containers: nobody outside can open a connection to it",
    "data": "a subnet in each zone for what keeps data: no way out either",
}
VPC = (
    implied("Compose made a network in silence; on AWS you lay it out yourself")
    + """resource "aws_vpc" "main" {
  cidr_block           = "%(cidr)s"
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = "%(name)s" }
}

"""
    + implied("the gate between your network and the internet")
    + """resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

  tags = { Name = "%(name)s" }
}

"""
    + implied("the group that every VPC is born with, emptied so that nothing works by accident")
    + """resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}
"""
)
SUBNET = """%(remark)sresource "aws_subnet" "%(tier)s_%(zone)s" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "%(cidr)s"
  availability_zone = "%(region)s%(zone)s"

  tags = { Name = "%(name)s-%(tier)s-%(zone)s" }
}
"""
TABLE = """%(remark)sresource "aws_route_table" "%(table)s" {
  vpc_id = aws_vpc.main.id
%(route)s
  tags = { Name = "%(name)s-%(dashed)s" }
}
"""
GATE = """
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
"""
THROUGH_NAT = """
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.%s.id
  }
"""
ASSOCIATION = """%(remark)sresource "aws_route_table_association" "%(tier)s_%(zone)s" {
  subnet_id      = aws_subnet.%(tier)s_%(zone)s.id
  route_table_id = aws_route_table.%(table)s.id
}
"""
NAT = """%(address)sresource "aws_eip" "nat_%(zone)s" {
  domain = "vpc"

  tags = { Name = "%(name)s-nat-%(zone)s" }
}

%(gateway)sresource "aws_nat_gateway" "%(zone)s" {
  allocation_id = aws_eip.nat_%(zone)s.id
  subnet_id     = aws_subnet.public_%(zone)s.id

  tags = { Name = "%(name)s-%(zone)s" }

  depends_on = [aws_internet_gateway.main]
}
"""
ENDPOINT = (
    implied("a free way to S3, where image layers lie too, so that they do not pass through the NAT gateway")
    + """resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.%(region)s.s3"
  route_table_ids   = [%(tables)s]

  tags = { Name = "%(name)s-s3" }
}
"""
)


def write(site: Site) -> None:
    """The network, whatever the file says: one for the whole application."""
    owner = next((resource.id for resource, _ in site.of(Vpc)), "")
    text, addresses = ground(site.name, site.vpc.cidr, site.region, site.zones, site.nat)
    site.put("network", owner, text, *addresses)
    if site.nat:
        text, addresses = gateways(site.name, site.region, site.zones, site.nat)
        site.put("network", next(resource.id for resource, _ in site.of(NatGateways)), text, *addresses)


@lru_cache(maxsize=64)
def ground(name: str, cidr: str, region: str, zones: tuple[str, ...], nat: int) -> tuple[str, tuple[str, ...]]:
    """VPC, subnets and route tables."""
    blocks = [VPC % {"name": name, "cidr": cidr}]
    blocks += [_subnet(name, cidr, region, tier, number, zone) for tier in FIRST for number, zone in enumerate(zones)]
    addresses = ["aws_vpc.main", "aws_internet_gateway.main", "aws_default_security_group.main"]
    addresses += [f"aws_subnet.{tier}_{zone}" for tier in FIRST for zone in zones]
    for table, (remark, route) in _tables(zones, nat).items():
        here = {"remark": implied(remark), "table": table, "dashed": table.replace("_", "-"), "name": name}
        blocks.append(TABLE % {**here, "route": route})
        addresses.append(f"aws_route_table.{table}")
    for tier in FIRST:
        for number, zone in enumerate(zones):
            table = f"app_{zone}" if tier == "app" and nat > 1 else tier
            remark = implied(f"which table the subnet follows: {table}") if not number else implied("the same")
            blocks.append(ASSOCIATION % {"remark": remark, "tier": tier, "zone": zone, "table": table})
            addresses.append(f"aws_route_table_association.{tier}_{zone}")
    return "\n".join(blocks), tuple(addresses)


def _subnet(name: str, cidr: str, region: str, tier: str, number: int, zone: str) -> str:
    remark = implied(TIERS[tier] if not number else "the same in the next zone")
    block = str(_block(cidr, FIRST[tier] + number))
    return SUBNET % {
        "remark": remark, "tier": tier, "zone": zone, "cidr": block, "region": region, "name": name,
    }  # fmt: skip


def _block(cidr: str, number: int) -> str:
    """The numbered 256th of a network, 10.0.0.0/16 and 11 being 10.0.11.0/24."""
    whole = ip_network(cidr)
    size = whole.num_addresses // 256
    return f"{whole.network_address + number * size}/{whole.prefixlen + 8}"


def _tables(zones: tuple[str, ...], nat: int) -> dict[str, tuple[str, str]]:
    """Route tables: why each is there, and where what is not of this network goes."""
    found = {"public": ("public means: there is a route to the gate", GATE)}
    if nat > 1:
        why = "the way out of the containers, through the NAT gateway of their own zone"
        found |= {f"app_{zone}": (why, THROUGH_NAT % zones[min(at, nat - 1)]) for at, zone in enumerate(zones)}
    elif nat:
        found["app"] = ("the way out of the containers, through the one NAT gateway", THROUGH_NAT % zones[0])
    else:
        found["app"] = ("no NAT gateway, so no way out from here: your tasks stand in the public subnets", "")
    return found | {"data": ("nothing but the network itself", "")}


@lru_cache(maxsize=64)
def gateways(name: str, region: str, zones: tuple[str, ...], nat: int) -> tuple[str, tuple[str, ...]]:
    """NAT gateways with their addresses, and the way to S3."""
    address = implied("the public address of the NAT gateway")
    why = "containers fetch images and call others through it; nobody can call them through it"
    blocks, addresses = [], []
    for zone in zones[:nat]:
        blocks.append(NAT % {"address": address, "gateway": implied(why), "name": name, "zone": zone})
        addresses += [f"aws_nat_gateway.{zone}", f"aws_eip.nat_{zone}"]
    tables = [f"aws_route_table.app_{zone}.id" for zone in zones] if nat > 1 else ["aws_route_table.app.id"]
    blocks.append(ENDPOINT % {"name": name, "region": region, "tables": ", ".join(tables)})
    return "\n".join(blocks), (*addresses, "aws_vpc_endpoint.s3")
