"""The tests of the Container Workbook."""
