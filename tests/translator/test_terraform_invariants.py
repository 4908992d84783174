"""What must hold for every blueprint whatsoever: tried on many that chance made, and on the capstone."""

import re
from dataclasses import dataclass

import pytest

from lecture.translator.blueprint import INTERNET, Blueprint
from lecture.translator.choices import Choices
from lecture.translator.specs import Bucket, Secrets
from lecture.translator.terraform.write import Written, write
from lecture.translator.values import Hidden
from tests.translator import capstone, varied
from tests.translator.hclread import Block, read

SIZES = [Choices(), Choices(size="production"), Choices(nat="none", arch="arm")]
SEEDS = 60
MANY = [capstone.blueprint(choices) for choices in SIZES] + [varied.blueprint(seed) for seed in range(SEEDS)]


@dataclass(frozen=True)
class Result:
    """A blueprint and its Terraform, read back."""

    blueprint: Blueprint
    written: Written
    blocks: list[Block]
    found: dict[str, Block]  # resources by address


OWNERLESS = {
    "aws_ecs_cluster", "aws_service_discovery_http_namespace", "aws_service_discovery_private_dns_namespace",
    "aws_ecr_repository", "aws_ecr_lifecycle_policy",
}  # fmt: skip
ENCRYPTED = {
    "aws_db_instance": ["storage_encrypted"],
    "aws_docdb_cluster": ["storage_encrypted"],
    "aws_efs_file_system": ["encrypted"],
    "aws_elasticache_replication_group": ["at_rest_encryption_enabled", "transit_encryption_enabled"],
}


def read_back(blueprint: Blueprint) -> Result:
    written = write(blueprint)
    blocks = [block for name, text in written.files.items() if name.endswith(".tf") for block in read(text)]
    return Result(blueprint, written, blocks, {block.address: block for block in blocks if block.kind == "resource"})


@pytest.fixture(scope="module", params=range(len(MANY)))
def result(request):
    return read_back(MANY[request.param])


def of(found: dict[str, Block], type: str) -> list[Block]:
    return [block for block in found.values() if block.labels[0] == type]


def groups(found: dict[str, Block], type: str, key: str = "security_groups") -> set[object]:
    """The security groups that resources of a type wear."""
    return {group for block in of(found, type) for inner in block.all() for group in inner.get(key) or []}


def test_every_block_names_its_line_or_says_that_there_is_none(result):
    for block in result.blocks:
        if block.kind in {"resource", "variable", "output", "locals"}:
            assert re.match(r"compose line \d+: |not in your file: ", (block.remarks or [""])[0]), block.address


def test_only_the_balancers_are_open_to_the_world(result):
    found = result.found
    doors = groups(found, "aws_lb")
    heard = {str(block["port"]) for block in of(found, "aws_lb_listener")}
    for rule in of(found, "aws_vpc_security_group_ingress_rule"):
        if rule.get("cidr_ipv4") is not None:
            assert f"{rule['security_group_id']}" in doors
            assert rule["from_port"] == rule["to_port"]
            assert rule["from_port"] in heard
        assert rule.get("cidr_ipv6") is None
    for group in of(found, "aws_security_group"):
        assert group.blocks == []


def test_data_calls_nobody(result):
    found = result.found
    may_call = {str(rule["security_group_id"]) for rule in of(found, "aws_vpc_security_group_egress_rule")}
    closed: set[object] = set()
    for type, key in (
        ("aws_db_instance", "vpc_security_group_ids"), ("aws_docdb_cluster", "vpc_security_group_ids"),
        ("aws_elasticache_replication_group", "security_group_ids"), ("aws_elasticache_cluster", "security_group_ids"),
        ("aws_mq_broker", "security_groups"), ("aws_msk_cluster", "security_groups"),
        ("aws_opensearch_domain", "security_group_ids"), ("aws_efs_mount_target", "security_groups"),
    ):  # fmt: skip
        closed |= groups(found, type, key)
    assert closed & may_call == set()


def test_groups_let_in_exactly_whom_the_links_name(result):
    blueprint, written, found = result.blueprint, result.written, result.found
    labels = {str(block["name"]).rsplit(".", 1)[0]: block for block in of(found, "aws_security_group")}
    assert len(labels) == len(of(found, "aws_security_group"))
    rules = {
        (str(rule["referenced_security_group_id"]), str(rule["security_group_id"]))
        for rule in of(found, "aws_vpc_security_group_ingress_rule")
        if rule.get("referenced_security_group_id")
    }
    group = {
        id: next(address for address in addresses if address.startswith("aws_security_group.")) + ".id"
        for id, addresses in written.addresses.items()
        if any(address.startswith("aws_security_group.") for address in addresses)
    }
    runs = {r.id for r in blueprint.resources if hasattr(r.spec, "container")}
    services = {r.id for r in blueprint.resources if r.type != "aws_ecs_task_definition" and r.id in group}
    expected = {
        (group[link.source], group[link.target])
        for link in blueprint.links
        if link.source in runs and link.source != INTERNET and link.target in services
    }
    doors = {str(name) for name in groups(found, "aws_lb")}
    volumes = {str(name) for name in groups(found, "aws_efs_mount_target")}
    assert {pair for pair in rules if pair[0] not in doors and pair[1] not in volumes} == expected


def test_nobody_may_do_everything(result):
    for block in result.found.values():
        policy = block.get("policy")
        if block.labels[0] not in {"aws_iam_role_policy"}:
            continue
        assert isinstance(policy, dict)
        for statement in policy["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            assert not any("*" in action for action in actions)
            assert statement["Resource"] != "*" or actions == ["ecr:GetAuthorizationToken"]


def test_whatever_is_kept_is_encrypted(result):
    found = result.found
    for type, keys in ENCRYPTED.items():
        assert [block.get(key) for block in of(found, type) for key in keys if block.get(key) != "true"] == []
    for bucket in of(found, "aws_s3_bucket"):
        label = bucket.labels[1]
        assert f"aws_s3_bucket_server_side_encryption_configuration.{label}" in found
        closed = found[f"aws_s3_bucket_public_access_block.{label}"].arguments
        assert [value for key, value in closed.items() if key != "bucket"] == ["true"] * 4
    for domain in of(found, "aws_opensearch_domain"):
        assert domain.inner("encrypt_at_rest")[0]["enabled"] == "true"
        assert domain.inner("node_to_node_encryption")[0]["enabled"] == "true"
    for template in of(found, "aws_launch_template"):
        assert {disk["encrypted"] for inner in template.all() for disk in inner.inner("ebs")} == {"true"}


def test_nothing_that_keeps_data_has_a_public_address(result):
    found = result.found
    for block in of(found, "aws_db_instance") + of(found, "aws_mq_broker"):
        assert block["publicly_accessible"] == "false"


def test_the_text_of_a_secret_is_asked_for_and_never_kept_where_it_need_not_be(result):
    blueprint, written, found = result.blueprint, result.written, result.found
    values = [s.value for r in blueprint.resources if isinstance(r.spec, Secrets) for s in r.spec.secrets]
    hidden = {part.name for value in values for part in value if isinstance(part, Hidden)}
    variables = {block.address: block for block in read(written.files["variables.tf"])}
    assert sum(block.get("sensitive") == "true" for block in variables.values()) >= len(hidden)
    for name, block in variables.items():
        assert block.get("sensitive") is None or block.get("default") is None
        uses = [
            address for address, one in found.items() for inner in one.all()
            if f"var.{name}" in re.findall(r"var\.\w+", str(inner.arguments))
        ]  # fmt: skip
        if block.get("ephemeral") == "true":
            assert {address.split(".")[0] for address in uses} == {"aws_secretsmanager_secret_version"}
    for version in of(found, "aws_secretsmanager_secret_version"):
        assert version.get("secret_string") is None
        assert version["secret_string_wo"]
    for database in of(found, "aws_db_instance") + of(found, "aws_docdb_cluster"):
        assert database["manage_master_user_password"] == "true"


def test_each_block_belongs_to_one_resource_of_the_blueprint(result):
    blueprint, written = result.blueprint, result.written
    owned = [address for addresses in written.addresses.values() for address in addresses]
    assert len(owned) == len(set(owned))
    assert set(written.addresses) == {resource.id for resource in blueprint.resources}
    left = set(result.found) - set(owned)
    assert {address.split(".")[0] for address in left} <= OWNERLESS
    assert set(owned) <= set(result.found)


def test_names_are_given_once(result):
    found = result.found
    names = [
        (block.labels[0], block.get(key))
        for block in found.values()
        for key in ("name", "identifier", "family", "domain_name", "broker_name", "cluster_name", "creation_token")
        if isinstance(block.get(key), str) and block.labels[0] not in {"aws_iam_role_policy", "aws_route53_record"}
        and not str(block.get(key)).startswith("aws_")
    ]  # fmt: skip
    assert len(names) == len(set(names))


def test_whatever_is_named_stands_somewhere(result):
    written, found = result.written, set(result.found)
    text = "\n".join(line for name, text in written.files.items() if name.endswith(".tf")
                     for line in text.splitlines() if not line.lstrip().startswith("#"))  # fmt: skip
    used = set(re.findall(r"(?<![\w\"./:-])(aws_[a-z0-9_]+\.[a-z][a-z0-9_]*)", text))
    assert used <= found
    variables = {block.address for block in read(written.files["variables.tf"])}
    assert set(re.findall(r"\bvar\.(\w+)", text)) == variables


def test_a_bucket_is_reached_without_a_group(result):
    blueprint, written = result.blueprint, result.written
    for resource in blueprint.resources:
        if isinstance(resource.spec, Bucket):
            assert not any(address.startswith("aws_security_group") for address in written.addresses[resource.id])
