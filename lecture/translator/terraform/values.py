"""Values of the blueprint as HCL: plain text, endpoints of what is built, variables."""

import re

from lecture.translator.compose import Unset
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Database,
    Documents,
    EcsService,
    FileSystem,
    Kafka,
    LoadBalancer,
    NetworkBalancer,
    Search,
    Spec,
)
from lecture.translator.terraform.hcl import Expression, quote, template
from lecture.translator.terraform.site import Site
from lecture.translator.values import Hidden, Ref, Value

MQ_PORT, KAFKA_PORT, SEARCH_PORT, DOCUMENTS_PORT = 5671, 9094, 443, 27017  # those that speak TLS
PORTS: dict[type[Spec], int] = {
    Broker: MQ_PORT, Kafka: KAFKA_PORT, Search: SEARCH_PORT, Documents: DOCUMENTS_PORT, FileSystem: 2049,
    LoadBalancer: 443, Bucket: 443,
}  # fmt: skip
RABBIT = 'trimsuffix(trimprefix(aws_mq_broker.%s.instances[0].endpoints[0], "amqps://"), ":5671")'
BROKERS = "aws_msk_cluster.%s.bootstrap_brokers_tls"
FIRST_BROKER = f'split(":", split(",", {BROKERS})[0])[0]'
FIRST = re.compile(r'split\(":", split\(",", ([\w.]+)\)\[0\]\)\[0\]')
# what is written for each attribute; %s is the label
ATTRIBUTES: dict[type[Spec], dict[str, str]] = {
    Database: {"host": "aws_db_instance.%s.address", "arn": "aws_db_instance.%s.arn"},
    Documents: {
        "host": "aws_docdb_cluster.%s.endpoint",
        "reader": "aws_docdb_cluster.%s.reader_endpoint",
        "arn": "aws_docdb_cluster.%s.arn",
    },
    Broker: {"host": RABBIT, "arn": "aws_mq_broker.%s.arn"},
    Kafka: {"host": FIRST_BROKER, "arn": "aws_msk_cluster.%s.arn"},
    Search: {"host": "aws_opensearch_domain.%s.endpoint", "arn": "aws_opensearch_domain.%s.arn"},
    FileSystem: {"host": "aws_efs_file_system.%s.dns_name", "arn": "aws_efs_file_system.%s.arn"},
    Bucket: {
        "host": "aws_s3_bucket.%s.bucket_regional_domain_name",
        "bucket": "aws_s3_bucket.%s.bucket",
        "arn": "aws_s3_bucket.%s.arn",
    },
    LoadBalancer: {"host": "aws_lb.main.dns_name", "arn": "aws_lb.main.arn"},
    NetworkBalancer: {"host": "aws_lb.network.dns_name", "arn": "aws_lb.network.arn"},
    EcsService: {"arn": "aws_ecs_service.%s.id"},
}
REPLICATED = {
    "host": "aws_elasticache_replication_group.%s.primary_endpoint_address",
    "reader": "aws_elasticache_replication_group.%s.reader_endpoint_address",
    "arn": "aws_elasticache_replication_group.%s.arn",
}
MEMCACHED = {"host": "aws_elasticache_cluster.%s.cluster_address", "arn": "aws_elasticache_cluster.%s.arn"}


def port(spec: Spec) -> int:
    """The port on which a managed service answers; 0 for what has none of its own."""
    if isinstance(spec, (Database, Cache)):
        return spec.port
    return PORTS.get(type(spec), 0)


def expression(site: Site, value: Value, secret: bool = False) -> str:
    """A value as HCL. `secret` where it goes into Secrets Manager and nowhere else."""
    if len(value) == 1 and isinstance(value[0], str):
        return quote(value[0])
    return template(parts(site, value, secret))


def parts(site: Site, value: Value, secret: bool = False) -> list[str]:
    """The parts of a value: expressions, and what is known beforehand as plain text."""
    inside = len(value) > 1
    found = [part if isinstance(part, str) else _part(site, part, secret, inside) for part in value]
    return _all_brokers(_merged(found)) if found and Kafka in site.kinds else found


def _part(site: Site, part: Ref | Unset | Hidden, secret: bool, inside: bool) -> str:
    if isinstance(part, Ref):
        return reference(site, part)
    if isinstance(part, Unset):
        return site.variables.unset(part.name, secret)
    return site.variables.hidden(part.name, secret, inside)


def reference(site: Site, ref: Ref) -> str:
    """An attribute of a resource: an expression, or text where it is known beforehand."""
    resource = site.resources[ref.resource]
    spec = resource.spec
    if ref.what == "port":
        return str(port(spec) or _own_port(spec))
    if isinstance(spec, EcsService) and ref.what != "arn":
        return spec.names[0] if spec.names else spec.container.service
    known = _attributes(spec)
    return Expression(known.get(ref.what, known["host"]).replace("%s", site.labels[ref.resource]))


def _own_port(spec: Spec) -> int:
    found = spec.discoverable or spec.container.ports if isinstance(spec, EcsService) else ()
    return found[0].port if found else 80


def _attributes(spec: Spec) -> dict[str, str]:
    if isinstance(spec, Cache):
        return MEMCACHED if spec.engine == "memcached" else REPLICATED
    return ATTRIBUTES[type(spec)]


def _all_brokers(parts: list[str]) -> list[str]:
    """Kafka's first broker and its port become the list of all brokers: that is what clients want to be told."""
    out = [parts[0]]
    for part in parts[1:]:
        first, number = FIRST.fullmatch(out[-1]), re.match(r":\d+", part)
        first = None if out[-2:-1] and out[-2].endswith("://") else first  # a scheme names one address
        if first and number:
            out[-1], part = Expression(first[1]), part[number.end() :]
        out += [part] if part else []
    return out


def _merged(parts: list[str]) -> list[str]:
    """The same with neighbouring plain texts as one."""
    out: list[str] = []
    for part in parts:
        if out and not isinstance(part, Expression) and not isinstance(out[-1], Expression):
            out[-1] += part
        else:
            out.append(part)
    return out
