"""LOOK UP: one concept, three providers."""
