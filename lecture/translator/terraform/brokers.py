"""data.tf, messages and search: Amazon MQ, MSK, OpenSearch Service."""

from collections.abc import Iterator

from lecture.translator.blueprint import Resource
from lecture.translator.nodes import below
from lecture.translator.specs import Broker, Kafka, Search, Secrets
from lecture.translator.terraform.hcl import Expression, implied, origin, quote
from lecture.translator.terraform.site import Site
from lecture.translator.values import Hidden, Ref

BROKER = """%(remark)sresource "aws_mq_broker" "%(label)s" {
  broker_name        = "%(name)s"
  engine_type        = "RabbitMQ"
  engine_version     = "%(version)s"
  host_instance_type = "%(kind)s"
  deployment_mode    = "%(mode)s"
  subnet_ids         = %(subnets)s
  security_groups    = [aws_security_group.%(label)s.id]

  publicly_accessible        = false
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = true
  }

  user {
    username = %(user)s
    password = %(password)s
  }
}
"""
KAFKA = """%(remark)sresource "aws_msk_cluster" "%(label)s" {
  cluster_name           = "%(name)s"
  kafka_version          = "%(version)s"
  number_of_broker_nodes = %(brokers)d

  broker_node_group_info {
    instance_type   = "%(kind)s"
    client_subnets  = %(subnets)s
    security_groups = [aws_security_group.%(label)s.id]

    storage_info {
      ebs_storage_info {
        volume_size = %(storage)d
      }
    }
  }

  # who may call is decided by the security group, so clients need TLS and no certificate of their own
  client_authentication {
    unauthenticated = true
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.%(label)s.arn
    revision = aws_msk_configuration.%(label)s.latest_revision
  }
}

%(topics)sresource "aws_msk_configuration" "%(label)s" {
  name           = "%(name)s"
  kafka_versions = ["%(version)s"]

  server_properties = join("\\n", [
    "auto.create.topics.enable=true",
    "default.replication.factor=2",
    "min.insync.replicas=1",
    "num.partitions=1",
  ])
}
"""
SEARCH = """%(remark)sresource "aws_opensearch_domain" "%(label)s" {
  domain_name    = "%(name)s"
  engine_version = "%(version)s"

  cluster_config {
    instance_type          = "%(kind)s"
    instance_count         = %(instances)d
    zone_awareness_enabled = %(aware)s
%(zones)s  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = %(storage)d
  }

  encrypt_at_rest {
    enabled = true
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }

  vpc_options {
    subnet_ids         = %(subnets)s
    security_group_ids = [aws_security_group.%(label)s.id]
  }
}

%(open)sresource "aws_opensearch_domain_policy" "%(label)s" {
  domain_name = aws_opensearch_domain.%(label)s.domain_name

  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "es:ESHttp*"
        Principal = { AWS = "*" }
        Resource  = "${aws_opensearch_domain.%(label)s.arn}/*"
      },
    ]
  })
}
"""
AWARE = """
    zone_awareness_config {
      availability_zone_count = 2
    }
"""


def write(site: Site) -> None:
    """Brokers and search domains."""
    for resource, broker in site.of(Broker):
        _broker(site, resource, broker)
    for resource, kafka in site.of(Kafka):
        _kafka(site, resource, kafka)
    for resource, search in site.of(Search):
        _search(site, resource, search)


def _broker(site: Site, resource: Resource, spec: Broker) -> None:
    label = site.labels[resource.id]
    text = BROKER % {
        "remark": origin(resource.origins),
        "label": label,
        "name": site.named(label, 50),
        "version": spec.version,
        "kind": spec.instance_type,
        "mode": "CLUSTER_MULTI_AZ" if spec.cluster else "SINGLE_INSTANCE",
        "subnets": site.subnets("data", len(site.zones) if spec.cluster else 1),
        "user": quote(spec.user),
        "password": _password(site, resource, label),
    }
    site.put("data", resource.id, text, f"aws_mq_broker.{label}")


def _password(site: Site, resource: Resource, label: str) -> Expression:
    """The variable that those who call the broker use too, else one of its own."""
    name = next(_known(site, resource.id), "")
    if name:
        return site.variables.hidden(name, written=False)
    remark = origin(resource.origins)
    text = f"Password of {label}: at least 12 characters, of which 4 differ, without comma, colon or equals sign"
    return site.variables.password(f"{label}_password", text, remark)


def _known(site: Site, id: str) -> Iterator[str]:
    """Names of secrets that stood in the service itself, then of those in front of its address, as in a URL."""
    own = f"{below('services', id)}."
    for name, origins in site.blueprint.hidden.items():
        if any(found.path.startswith(own) for found in origins):
            yield name
    for _, secrets in site.of(Secrets):
        for secret in secrets.secrets:
            names = [part.name for part in secret.value if isinstance(part, Hidden)]
            if names and Ref(id, "host") in secret.value:
                yield names[-1]


def _kafka(site: Site, resource: Resource, spec: Kafka) -> None:
    label, zones = site.labels[resource.id], len(site.zones)
    text = KAFKA % {
        "remark": origin(resource.origins),
        "topics": implied("topics come into being when they are first written to, as in the image"),
        "label": label,
        "name": site.named(label, 64),
        "version": spec.version,
        "kind": spec.instance_type,
        "brokers": -(-spec.brokers // zones) * zones,  # as many in each zone
        "subnets": site.subnets("data"),
        "storage": spec.storage,
    }
    site.put("data", resource.id, text, f"aws_msk_cluster.{label}", f"aws_msk_configuration.{label}")


def _search(site: Site, resource: Resource, spec: Search) -> None:
    label, both = site.labels[resource.id], spec.instances > 1
    text = SEARCH % {
        "remark": origin(resource.origins),
        "open": implied("whoever the security group lets in may ask; nobody else reaches the address"),
        "label": label,
        "name": site.named(label, 28),
        "version": spec.version if "_" in spec.version else f"OpenSearch_{spec.version}",
        "kind": spec.instance_type,
        "instances": spec.instances + spec.instances % 2 if both else 1,
        "aware": "true" if both else "false",
        "zones": AWARE if both else "",
        "storage": spec.storage,
        "subnets": site.subnets("data", 2 if both else 1),
    }
    site.put("data", resource.id, text, f"aws_opensearch_domain.{label}", f"aws_opensearch_domain_policy.{label}")
    role = "aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com"
    site.note(f"If AWS asks for a service-linked role, this account never had an OpenSearch domain: `{role}`, once.")
