"""What nbgrader does where no course's nbgrader_config.py can be read: it runs no submission.

It is installed beside nbgrader. Without it nbgrader would show the error, go on with its own
settings, and run every submission as you on this computer. A course's file overrides it.
"""

c = get_config()  # type: ignore[name-defined]

c.Autograde.autograde_preprocessors = ["checker.grading.unread.Refuse"]
