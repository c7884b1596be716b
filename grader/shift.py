"""Give a file system to the users of a seal's user namespace; it runs once, in the build."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def shift(path: str, by: int) -> None:
    """Move one file's owner and group, and keep its mode, which a change of owner cuts."""
    found = os.lstat(path)
    os.lchown(path, found.st_uid + by, found.st_gid + by)
    if not stat.S_ISLNK(found.st_mode):
        Path(path).chmod(stat.S_IMODE(found.st_mode))


def main(root: str, by: int) -> None:
    """Move all files below `root`, and `root` itself."""
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            shift(f"{folder}/{name}", by)
    shift(root, by)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
