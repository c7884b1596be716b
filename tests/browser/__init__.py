"""Tests that sit at JupyterLab in a real browser and do what a learner does."""
