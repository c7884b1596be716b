"""What hooks into nbgrader: how exercises are made, and how submissions are run."""
