"""KEEP: what is kept about a visitor."""
