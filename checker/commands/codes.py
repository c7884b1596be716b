"""What the exit codes of `workbook` mean. It knows no commands."""

OK = 0
NOT_YET = 1
MISUSE = 2
NO_ENGINE = 3
BLOCKED = 4
