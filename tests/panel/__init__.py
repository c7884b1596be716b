"""Tests of live progress: the sidebar in a real JupyterLab, and the plain page."""
