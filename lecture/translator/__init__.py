"""TRANSLATE: a compose file, what it becomes on AWS, what that costs, and the Terraform that builds it."""
