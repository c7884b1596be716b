"""What the project does to itself: set-up, checks, notebooks and documents."""
