"""A translation as data: the documented JSON contract, version 1.

Money is text with two decimals, in US dollars a month; `monthly_usd` is null where the price sheet has no price.
A path is that of a key of the compose file, such as services.api.ports[0]; a line counts from 1.

    version     1
    services    {name, line, becomes, home, why}: `becomes` lists ids of resources
    resources   {id, type, category, home, from, terraform, monthly_usd}: `from` lists {path, line},
                `terraform` addresses such as aws_db_instance.db
    links       {from, to, port, because}: names of services, or internet
    keys        {path, line, status, message}: one for each key of the file
    findings    {id, severity, line, message, fix}
    bill        {monthly_usd, region, as_of, lines}: `lines` lists {text, home, monthly_usd, resources}
"""

import json
from decimal import Decimal
from typing import Any

from lecture.costs.bill import Bill
from lecture.translator.blueprint import Account, Card, Finding, Link, Resource
from lecture.translator.summary import costs, unpriced
from lecture.translator.translate import Translation
from lecture.translator.values import Origin

VERSION = 1


def as_json(translation: Translation) -> str:
    """The report as JSON text, ending in a line break."""
    return json.dumps(data(translation), indent=2, ensure_ascii=False) + "\n"


def data(translation: Translation) -> dict[str, Any]:
    """The report as plain lists and maps."""
    blueprint, bill = translation.blueprint, translation.bill
    usd, open_ = costs(bill), unpriced(bill)
    addresses = translation.written.addresses
    return {
        "version": VERSION,
        "services": [_service(card) for card in blueprint.cards],
        "resources": [
            _resource(one, addresses.get(one.id, ()), None if one.id in open_ else usd.get(one.id, Decimal()))
            for one in blueprint.resources
        ],
        "links": [_link(link) for link in blueprint.links],
        "keys": [_key(account) for account in blueprint.accounts],
        "findings": [_finding(finding) for finding in blueprint.findings],
        "bill": _bill(bill, blueprint.choices.aws_region),
    }


def money(usd: Decimal | None) -> str | None:
    """Two decimals, without a sign for the currency."""
    return None if usd is None else f"{usd:.2f}"


def _service(card: Card) -> dict[str, Any]:
    return {
        "name": card.service,
        "line": card.line,
        "becomes": list(card.becomes),
        "home": card.home,
        "why": card.why,
    }


def _resource(resource: Resource, terraform: tuple[str, ...], usd: Decimal | None) -> dict[str, Any]:
    return {
        "id": resource.id,
        "type": resource.type,
        "category": resource.category,
        "home": resource.home,
        "from": [_origin(origin) for origin in resource.origins],
        "terraform": list(terraform),
        "monthly_usd": money(usd),
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {"path": origin.path, "line": origin.line}


def _link(link: Link) -> dict[str, Any]:
    return {"from": link.source, "to": link.target, "port": link.port, "because": link.because}


def _key(account: Account) -> dict[str, Any]:
    return {"path": account.path, "line": account.line, "status": account.status, "message": account.message}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "line": finding.line,
        "message": finding.message,
        "fix": finding.fix,
    }


def _bill(bill: Bill, region: str) -> dict[str, Any]:
    return {
        "monthly_usd": money(bill.total),
        "region": region,
        "as_of": bill.as_of[1].isoformat() if bill.as_of else None,  # the day of the newest price
        "lines": [
            {
                "text": line.text,
                "home": line.home,
                "monthly_usd": money(line.usd),
                "resources": list(line.resources),
            }
            for line in bill.lines
        ],
    }
