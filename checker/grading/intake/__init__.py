"""The way in: what learners hand in is looked at before any of it reaches the grading."""
