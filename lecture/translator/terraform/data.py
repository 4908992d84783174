"""data.tf, databases and caches: RDS, DocumentDB, ElastiCache."""

import re

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Cache, Database, Documents
from lecture.translator.terraform.hcl import implied, quote
from lecture.translator.terraform.site import Site

SUBNETS = (
    implied("the two rooms that databases may stand in")
    + """resource "%(type)s_subnet_group" "main" {
  name       = "%(name)s"
  subnet_ids = %(subnets)s
}
"""
)
# engines whose old versions AWS keeps alive for money unless one says no
EXTENDED = {"postgres", "mysql"}
DATABASE = """%(remark)sresource "aws_db_instance" "%(label)s" {
  identifier     = "%(name)s"
  engine         = "%(engine)s"
  engine_version = "%(version)s"
  instance_class = "%(kind)s"
%(licence)s%(database)s
  # the password is made by RDS and lies in Secrets Manager: nobody types it, no state holds it
  username                    = %(admin)s
  manage_master_user_password = true

  storage_type          = "gp3"
  allocated_storage     = %(storage)d
  max_allocated_storage = %(most)d
  storage_encrypted     = true

  port                   = %(port)d
  multi_az               = %(standby)s
  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.%(label)s.id]

  backup_retention_period    = %(days)d
  backup_window              = "02:00-03:00"
  maintenance_window         = "sun:03:30-sun:04:30"
  auto_minor_version_upgrade = true
  copy_tags_to_snapshot      = true
%(extended)s
  deletion_protection       = %(protected)s
  skip_final_snapshot       = %(skip)s
  final_snapshot_identifier = "%(final)s"
}
"""
REFUSE = """
  # an old version is not kept alive for money: it is upgraded when its time is over
  engine_lifecycle_support = "open-source-rds-extended-support-disabled"
"""
DOCUMENTS = """%(remark)sresource "aws_docdb_cluster" "%(label)s" {
  cluster_identifier = "%(name)s"
  engine             = "docdb"
  engine_version     = "%(version)s"

  # the password is made by DocumentDB and lies in Secrets Manager: nobody types it, no state holds it
  master_username             = %(admin)s
  manage_master_user_password = true

  port                   = 27017
  storage_encrypted      = true
  db_subnet_group_name   = aws_docdb_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.%(label)s.id]

  backup_retention_period = %(days)d
  preferred_backup_window = "02:00-03:00"

  deletion_protection       = %(protected)s
  skip_final_snapshot       = %(skip)s
  final_snapshot_identifier = "%(final)s"
}

%(remark)sresource "aws_docdb_cluster_instance" "%(label)s" {
  count = %(instances)d

  identifier         = "%(name)s-${count.index + 1}"
  cluster_identifier = aws_docdb_cluster.%(label)s.id
  instance_class     = "%(kind)s"
}
"""
REPLICATED = """%(remark)sresource "aws_elasticache_replication_group" "%(label)s" {
  replication_group_id = "%(name)s"
  description          = "%(description)s"
  engine               = "%(engine)s"
  engine_version       = "%(version)s"
  node_type            = "%(kind)s"
  num_cache_clusters   = %(nodes)d
  port                 = %(port)d
%(parameters)s
  automatic_failover_enabled = %(replica)s
  multi_az_enabled           = %(replica)s
  auto_minor_version_upgrade = true
  snapshot_retention_limit   = %(days)d

  at_rest_encryption_enabled = true
  transit_encryption_enabled = true

  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.%(label)s.id]
}
"""
PARAMETERS = """%(why)sresource "aws_elasticache_parameter_group" "%(label)s" {
  name   = "%(name)s"
  family = "%(family)s"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

"""
MEMCACHED = """%(remark)s# plain inside your network: few Memcached clients speak TLS, and nothing is written to a disk
resource "aws_elasticache_cluster" "%(label)s" {
  cluster_id         = "%(name)s"
  engine             = "memcached"
  engine_version     = "%(version)s"
  node_type          = "%(kind)s"
  num_cache_nodes    = %(nodes)d
  port               = %(port)d
  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.%(label)s.id]
}
"""


def write(site: Site) -> None:
    """Databases and caches, each kind with the subnets that it may stand in."""
    for found, kind in ((site.of(Database), "db"), (site.of(Documents), "docdb"), (site.of(Cache), "elasticache")):
        if found:
            words = {"type": f"aws_{kind}", "name": site.name, "subnets": site.subnets("data")}
            site.put("data", found[0][0].id, SUBNETS % words)
    for resource, database in site.of(Database):
        _database(site, resource, database)
    for resource, documents in site.of(Documents):
        _documents(site, resource, documents)
    for resource, cache in site.of(Cache):
        _cache(site, resource, cache)
    for found, kind in ((site.of(Database), "db"), (site.of(Documents), "docdb"), (site.of(Cache), "elasticache")):
        if found:
            site.addresses[found[0][0].id].append(f"aws_{kind}_subnet_group.main")


def _common(site: Site, resource: Resource) -> dict[str, object]:
    return {"remark": site.remarks[resource.id], "label": site.labels[resource.id]}


def _database(site: Site, resource: Resource, spec: Database) -> None:
    label = site.labels[resource.id]
    text = DATABASE % {
        **_common(site, resource),
        "name": site.named(label, 63),
        "engine": spec.engine,
        "version": spec.version,
        "kind": spec.instance_class,
        "licence": f'  license_model  = "{spec.license}"\n' if spec.license else "",
        "database": f"  db_name        = {quote(spec.name)}\n" if spec.name else "",
        "admin": quote(spec.admin),
        "storage": spec.storage,
        "most": max(100, 2 * spec.storage),
        "port": spec.port,
        "standby": _bool(spec.multi_az),
        "days": spec.backup_days,
        "extended": REFUSE if spec.engine in EXTENDED else "",
        "protected": _bool(spec.deletion_protection),
        "skip": _bool(not spec.deletion_protection),
        "final": site.named(f"{label}_final", 63),
    }
    site.put("data", resource.id, text, f"aws_db_instance.{label}")


def _documents(site: Site, resource: Resource, spec: Documents) -> None:
    label = site.labels[resource.id]
    text = DOCUMENTS % {
        **_common(site, resource),
        "name": site.named(label, 60),
        "version": spec.version,
        "admin": quote(spec.admin),
        "days": spec.backup_days,
        "protected": _bool(spec.deletion_protection),
        "skip": _bool(not spec.deletion_protection),
        "final": site.named(f"{label}_final", 63),
        "instances": spec.instances,
        "kind": spec.instance_class,
    }
    site.put("data", resource.id, text, f"aws_docdb_cluster.{label}", f"aws_docdb_cluster_instance.{label}")


def _cache(site: Site, resource: Resource, spec: Cache) -> None:
    label = site.labels[resource.id]
    here = {
        **_common(site, resource),
        "name": site.named(label, 40),
        "version": spec.version,
        "kind": spec.node_type,
        "nodes": spec.nodes,
        "port": spec.port,
    }
    if spec.engine == "memcached":
        site.put("data", resource.id, MEMCACHED % here, f"aws_elasticache_cluster.{label}")
        return
    here |= {
        "engine": spec.engine,
        "description": f"{label} of {site.name}",
        "replica": _bool(spec.nodes > 1),
        "days": site.choices.backups if site.choices.production else 0,
        "parameters": f"\n  parameter_group_name = aws_elasticache_parameter_group.{label}.name\n"
        if spec.broker
        else "",
        "family": family(spec),
        "why": implied("this cache holds jobs, so when it is full it complains and does not forget"),
    }
    text = (PARAMETERS % here if spec.broker else "") + REPLICATED % here
    parameters = (f"aws_elasticache_parameter_group.{label}",) if spec.broker else ()
    site.put("data", resource.id, text, f"aws_elasticache_replication_group.{label}", *parameters)


def family(spec: Cache) -> str:
    """The family of parameters: redis7, redis6.x, redis5.0, valkey8 (ElastiCache user guide, parameter groups)."""
    major, _, rest = spec.version.partition(".")
    if spec.engine == "redis" and major == "6":
        return "redis6.x"
    if spec.engine == "redis" and major.isdigit() and int(major) < 6:
        return f"redis{major}.{re.sub(r'[^0-9].*', '', rest) or '0'}"
    return f"{spec.engine}{major}"


def _bool(value: bool) -> str:
    return "true" if value else "false"
