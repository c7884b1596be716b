"""What the exit codes of `workbook` mean. It knows no commands."""

OK = 0
NOT_YET = 1
MISUSE = 2
NO_ENGINE = 3
BLOCKED = 4


def after(done: int) -> int:
    """The exit code after a deed of `checker.machine`, where 1 means something is in the way."""
    return BLOCKED if done == 1 else done
