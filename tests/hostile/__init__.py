"""Submissions that attack the grading, tried for real."""
