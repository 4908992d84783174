"""services.tf, what Fargate cannot run: EC2 instances that join the cluster."""

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Machines
from lecture.translator.terraform.hcl import implied, origin
from lecture.translator.terraform.site import ARM, Site

AMI = "/aws/service/ecs/optimized-ami/amazon-linux-2023/%srecommended/image_id"  # a public parameter of AWS
MACHINES = """%(remark)sresource "aws_launch_template" "%(label)s" {
  name          = "%(name)s"
  image_id      = "resolve:ssm:%(ami)s"
  instance_type = "%(type)s"
  user_data     = base64encode("#!/bin/bash\\necho ECS_CLUSTER=${aws_ecs_cluster.main.name} >> /etc/ecs/ecs.config\\n")

  update_default_version = true

  iam_instance_profile {
    arn = aws_iam_instance_profile.%(label)s.arn
  }

  network_interfaces {
    associate_public_ip_address = %(public)s
    delete_on_termination       = true
    security_groups             = [aws_security_group.%(label)s.id]
  }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type = "gp3"
      volume_size = 30
      encrypted   = true
    }
  }
}

%(remark)sresource "aws_autoscaling_group" "%(label)s" {
  name                = "%(name)s"
  min_size            = %(count)d
  max_size            = %(most)d
  desired_capacity    = %(count)d
  vpc_zone_identifier = %(subnets)s

  launch_template {
    id      = aws_launch_template.%(label)s.id
    version = aws_launch_template.%(label)s.latest_version
  }

  tag {
    key                 = "Name"
    value               = "%(name)s"
    propagate_at_launch = true
  }

  tag {
    key                 = "AmazonECSManaged"
    value               = "true"
    propagate_at_launch = true
  }

  lifecycle {
    ignore_changes = [desired_capacity]
  }
}

%(provider)sresource "aws_ecs_capacity_provider" "%(label)s" {
  name = "machines-%(name)s"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.%(label)s.arn
    managed_termination_protection = "DISABLED"

    managed_scaling {
      status          = "ENABLED"
      target_capacity = 100
    }
  }
}
"""
PROVIDERS = (
    implied("tells the cluster about these instances")
    + """resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = [%s]
}
"""
)
PROFILE = """%(remark)sresource "aws_iam_role" "%(label)s_machine" {
  name = "%(name)s"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ec2.amazonaws.com" }
      },
    ]
  })
}

%(remark)sresource "aws_iam_role_policy_attachment" "%(label)s_machine" {
  role       = aws_iam_role.%(label)s_machine.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

%(remark)sresource "aws_iam_instance_profile" "%(label)s" {
  name = "%(name)s"
  role = aws_iam_role.%(label)s_machine.name
}
"""


def write(site: Site) -> None:
    """The instances, as far as there are any."""
    found = [(resource, spec) for resource, spec in site.of(Machines) if site.runners]
    for resource, spec in found:
        _machines(site, resource, spec)
    if found:
        providers = [f"aws_ecs_capacity_provider.{site.labels[resource.id]}.name" for resource, _ in found]
        address = "aws_ecs_cluster_capacity_providers.main"
        site.put("services", found[0][0].id, PROVIDERS % ", ".join(providers), address)
    for _, spec in found:
        if len(spec.services) > 2 * spec.count:
            words = f"{len(spec.services)} services share {spec.count} x {spec.instance_type}"
            site.note(f"{words}. Each task takes a network card, and a small instance has room for two: add instances.")
    if found and not site.nat:
        words = "Tasks on EC2 instances have no public address of their own, so without a NAT gateway they call nobody"
        site.note(f"{words} outside your network. Choose one NAT gateway if they must.")


def _machines(site: Site, resource: Resource, spec: Machines) -> None:
    label = site.labels[resource.id]
    kind = "gpu/" if spec.gpu else "arm64/" if ARM.match(spec.instance_type) else ""
    here = {
        "remark": origin(resource.origins, instead="instances for what Fargate cannot run"),
        "label": label,
        "name": site.named(label),
        "ami": AMI % kind,
        "type": spec.instance_type,
        "public": "false" if site.nat else "true",
        "count": spec.count,
        "most": spec.count + 1,
        "subnets": site.inside if site.nat else site.outside,
        "provider": implied("starts an instance where tasks find no place, and stops one that stands empty"),
    }
    names = ("aws_autoscaling_group", "aws_launch_template", "aws_ecs_capacity_provider")
    site.put("services", resource.id, MACHINES % here, *(f"{name}.{label}" for name in names))
    here["remark"] = implied("the instance may join the cluster and fetch work, and no more")
    roles = (f"aws_iam_role.{label}_machine", f"aws_iam_role_policy_attachment.{label}_machine")
    site.put("security", resource.id, PROFILE % here, *roles, f"aws_iam_instance_profile.{label}")
