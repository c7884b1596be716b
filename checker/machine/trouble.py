"""What stops the work on this computer, as sentences; it knows nothing about who shows them."""


class Trouble(Exception):
    """Something that stops the work, in one sentence that ends with the remedy."""
