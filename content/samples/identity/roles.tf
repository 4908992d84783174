# The roles of section 3.5, with the policies that stand beside this file:
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

# Before your code runs: pull the image, open the log, fetch the secrets.
resource "aws_iam_role" "execution" {
  name               = "capstone-execution"
  assume_role_policy = file("${path.module}/trust-ecs.json")
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "execution_secrets" {
  name = "read-secrets"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:capstone/*"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameters"
        Resource = "arn:aws:ssm:us-east-1:123456789012:parameter/capstone/*"
      }
    ]
  })
}

# While your code runs: what the API itself may do.
resource "aws_iam_role" "api" {
  name               = "capstone-api"
  assume_role_policy = file("${path.module}/trust-ecs.json")
}

resource "aws_iam_role_policy" "api" {
  name   = "uploads"
  role   = aws_iam_role.api.id
  policy = file("${path.module}/api-may.json")
}

# The worker opens each upload and puts the checked picture under avatars/. Beat calls no AWS API, so it has no task role.
resource "aws_iam_role" "worker" {
  name               = "capstone-worker"
  assume_role_policy = file("${path.module}/trust-ecs.json")
}

resource "aws_iam_role_policy" "worker" {
  name   = "uploads-and-avatars"
  role   = aws_iam_role.worker.id
  policy = file("${path.module}/worker-may.json")
}

# The pipeline: no key, only GitHub's word for which repository and branch is running.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "pipeline" {
  name               = "capstone-pipeline"
  assume_role_policy = file("${path.module}/trust-github.json")
  depends_on         = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "push-and-deploy"
  role   = aws_iam_role.pipeline.id
  policy = file("${path.module}/pipeline-may.json")
}
