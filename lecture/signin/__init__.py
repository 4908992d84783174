"""The instructors' door: sign in, sign out, another password."""
