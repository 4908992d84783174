"""PRESENT: the same sections as a deck."""
