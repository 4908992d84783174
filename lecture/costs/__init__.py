"""COUNT: the price sheet."""
