"""Tests that look at a real Docker engine."""
