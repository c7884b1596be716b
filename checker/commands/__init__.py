"""The subcommands of `workbook`, one module each; they look and show, and judge nothing."""
