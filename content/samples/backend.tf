terraform {
  backend "s3" {
    bucket       = "example-saas-terraform"
    key          = "production/terraform.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}
