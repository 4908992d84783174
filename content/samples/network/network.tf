# What routes.tf and database-door.tf lean on, so that the folder validates as it stands:
#   terraform init && terraform validate

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  subnets = {
    public_a = { tier = "public", zone = "us-east-1a", cidr = "10.0.1.0/24" }
    public_b = { tier = "public", zone = "us-east-1b", cidr = "10.0.2.0/24" }
    app_a    = { tier = "app", zone = "us-east-1a", cidr = "10.0.11.0/24" }
    app_b    = { tier = "app", zone = "us-east-1b", cidr = "10.0.12.0/24" }
    data_a   = { tier = "data", zone = "us-east-1a", cidr = "10.0.21.0/24" }
    data_b   = { tier = "data", zone = "us-east-1b", cidr = "10.0.22.0/24" }
  }
  tables = {
    public = aws_route_table.public.id
    app    = aws_route_table.app.id
    data   = aws_route_table.data.id
  }
}

resource "aws_vpc" "capstone" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_internet_gateway" "gate" {
  vpc_id = aws_vpc.capstone.id
}

resource "aws_subnet" "each" {
  for_each          = local.subnets
  vpc_id            = aws_vpc.capstone.id
  availability_zone = each.value.zone
  cidr_block        = each.value.cidr
  tags              = { Name = "capstone-${each.key}" }
}

resource "aws_route_table_association" "each" {
  for_each       = local.subnets
  subnet_id      = aws_subnet.each[each.key].id
  route_table_id = local.tables[each.value.tier]
}

resource "aws_eip" "out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.out.id
  subnet_id     = aws_subnet.each["public_a"].id
  depends_on    = [aws_internet_gateway.gate]
}

resource "aws_security_group" "api" {
  name   = "capstone-api"
  vpc_id = aws_vpc.capstone.id
}

resource "aws_security_group" "worker" {
  name   = "capstone-worker"
  vpc_id = aws_vpc.capstone.id
}

resource "aws_security_group" "migration" {
  name   = "capstone-migration"
  vpc_id = aws_vpc.capstone.id
}

# Terraform takes the default outbound rule away, so whoever starts conversations needs one.
resource "aws_vpc_security_group_egress_rule" "out" {
  for_each = {
    api       = aws_security_group.api.id
    worker    = aws_security_group.worker.id
    migration = aws_security_group.migration.id
  }
  security_group_id = each.value
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
