terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "environment" {
  description = "production or staging: the same code, another value"
  type        = string
  default     = "production"
}

variable "backup_days" {
  description = "For how many days automatic backups are kept"
  type        = number
  default     = 7
}

# The plot of land
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

# Two rooms without a way to the internet, in two zones
resource "aws_subnet" "data_a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.21.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_subnet" "data_b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.22.0/24"
  availability_zone = "us-east-1b"
}

# "The database may live in these two": its link to the VPC
resource "aws_db_subnet_group" "main" {
  name       = "saas-${var.environment}"
  subnet_ids = [aws_subnet.data_a.id, aws_subnet.data_b.id]
}

# Two badges: the api and the worker wear the first, the database the second
resource "aws_security_group" "app" {
  name   = "saas-${var.environment}-app"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "db" {
  name   = "saas-${var.environment}-db"
  vpc_id = aws_vpc.main.id
}

# Out of the app: anywhere. A group made by Terraform lets nothing out by itself
resource "aws_vpc_security_group_egress_rule" "app_out" {
  security_group_id = aws_security_group.app.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

# Into the database: whoever wears the app's badge, and only to Postgres
resource "aws_vpc_security_group_ingress_rule" "app_to_db" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_instance" "main" {
  identifier     = "saas-${var.environment}"
  engine         = "postgres"
  engine_version = "15"
  instance_class = "db.t3.micro"

  db_name                     = "saas"
  username                    = "saas_admin"
  manage_master_user_password = true

  storage_type          = "gp3"
  allocated_storage     = 20
  max_allocated_storage = 100
  storage_encrypted     = true
  multi_az              = false

  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]

  backup_retention_period   = var.backup_days
  backup_window             = "05:00-06:00"
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "saas-${var.environment}-final"

  apply_immediately  = false
  maintenance_window = "sun:03:00-sun:04:00"
}

output "database_host" {
  value = aws_db_instance.main.address
}
