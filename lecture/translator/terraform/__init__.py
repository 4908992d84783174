"""The Terraform of a blueprint: a module for each concern, and write.py, which puts their pages together."""
