"""DECIDE: a few answers, and a home with the reason for every step."""
