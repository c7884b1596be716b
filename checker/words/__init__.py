"""The vocabulary of claims, one noun per file. It knows nothing about how Docker is asked."""

from checker.words.answer import answer
from checker.words.container import container
from checker.words.dockerfile import dockerfile
from checker.words.file import file
from checker.words.group import together
from checker.words.image import image
from checker.words.network import network
from checker.words.registry import registry
from checker.words.volume import volume

__all__ = [
    "answer",
    "container",
    "dockerfile",
    "file",
    "image",
    "network",
    "registry",
    "together",
    "volume",
]
