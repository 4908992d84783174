"""data.tf, files: EFS for volumes that containers share, S3 for what belongs into a bucket."""

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Bucket, FileSystem, Share
from lecture.translator.terraform.hcl import cut, implied, origin
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site

SYSTEM = """%(remark)sresource "aws_efs_file_system" "%(label)s" {
  creation_token = "%(name)s"
  encrypted      = true

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }

  tags = { Name = "%(name)s" }
}

%(backup)sresource "aws_efs_backup_policy" "%(label)s" {
  file_system_id = aws_efs_file_system.%(label)s.id

  backup_policy {
    status = "%(status)s"
  }
}
"""
TARGET = """%(remark)sresource "aws_efs_mount_target" "%(label)s_%(zone)s" {
  file_system_id  = aws_efs_file_system.%(label)s.id
  subnet_id       = aws_subnet.data_%(zone)s.id
  security_groups = [aws_security_group.%(label)s.id]
}
"""
POINT = """%(remark)sresource "aws_efs_access_point" "%(label)s_%(service)s" {
  file_system_id = aws_efs_file_system.%(label)s.id
%(user)s
  root_directory {
    path = "/volume"

    creation_info {
      owner_uid   = %(uid)d
      owner_gid   = %(uid)d
      permissions = "0755"
    }
  }
}
"""
USER = """
  posix_user {
    uid = %(uid)d
    gid = %(uid)d
  }
"""
BUCKET = """%(remark)sresource "aws_s3_bucket" "%(label)s" {
  bucket_prefix = "%(name)s-"
  force_destroy = %(force)s
}

%(closed)sresource "aws_s3_bucket_public_access_block" "%(label)s" {
  bucket                  = aws_s3_bucket.%(label)s.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

%(versions)sresource "aws_s3_bucket_versioning" "%(label)s" {
  bucket = aws_s3_bucket.%(label)s.id

  versioning_configuration {
    status = "Enabled"
  }
}

%(encrypted)sresource "aws_s3_bucket_server_side_encryption_configuration" "%(label)s" {
  bucket = aws_s3_bucket.%(label)s.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

%(tidy)sresource "aws_s3_bucket_lifecycle_configuration" "%(label)s" {
  bucket = aws_s3_bucket.%(label)s.id

  rule {
    id     = "tidy"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }

  depends_on = [aws_s3_bucket_versioning.%(label)s]
}
"""


def write(site: Site) -> None:
    """File systems and buckets."""
    for resource, system in site.of(FileSystem):
        _system(site, resource, system)
    for resource, _ in site.of(Bucket):
        _bucket(site, resource)


def _system(site: Site, resource: Resource, system: FileSystem) -> None:
    label = site.labels[resource.id]
    here = {"label": label, "name": site.named(label)}
    text = SYSTEM % {
        **here,
        "remark": site.remarks[resource.id],
        "backup": implied("a copy each day, kept for five weeks, where you build for production"),
        "status": "ENABLED" if site.choices.production else "DISABLED",
    }
    site.put("data", resource.id, text, f"aws_efs_file_system.{label}", f"aws_efs_backup_policy.{label}")
    for zone in site.zones:
        text = TARGET % {**here, "zone": zone, "remark": implied("a plug for the volume in each zone")}
        site.put("data", resource.id, text, f"aws_efs_mount_target.{label}_{zone}")
    for runner, share in site.mounts[resource.id]:
        _point(site, resource, runner, share, system.uid)


def _point(site: Site, resource: Resource, runner: Runner, share: Share, uid: int) -> None:
    """The door of one service into the volume. Root stays root, since images such as Postgres change owners."""
    label = site.labels[resource.id]
    user = USER % {"uid": uid} if uid else ""
    remark = origin((share.origin,))
    text = POINT % {"remark": remark, "label": label, "service": runner.label, "user": user, "uid": uid}
    site.put("data", resource.id, text, f"aws_efs_access_point.{label}_{runner.label}")


def _bucket(site: Site, resource: Resource) -> None:
    label = site.labels[resource.id]
    text = BUCKET % {
        "remark": origin(resource.origins, instead="a task's own disk goes with the task; what must stay goes here"),
        "label": label,
        "name": cut(site.named(label), 36),
        "force": "false" if site.choices.production else "true",
        "closed": implied("closed to the public, whatever a later policy says"),
        "versions": implied("a deleted or overwritten file can be had back"),
        "encrypted": implied("encrypted where it lies"),
        "tidy": implied("old versions and broken uploads do not stay for ever"),
    }
    suffixes = ("", "_public_access_block", "_versioning", "_server_side_encryption_configuration",
                "_lifecycle_configuration")  # fmt: skip
    site.put("data", resource.id, text, *(f"aws_s3_bucket{suffix}.{label}" for suffix in suffixes))
