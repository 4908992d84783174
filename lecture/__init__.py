"""The course: one room for each thing that a visitor does."""
