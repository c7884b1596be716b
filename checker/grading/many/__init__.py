"""Many submissions at once: workers grade and return rows, one writer keeps them."""
