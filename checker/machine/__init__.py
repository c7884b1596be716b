"""What the workbook does to this computer; it knows nothing about lessons and claims."""
