"""PRACTISE: questions, marking, feedback."""
