"""Where a file is to be written: asked before anything is computed for it."""

from __future__ import annotations

import os
from pathlib import Path

from deterrence.errors import FileError

__all__ = ["writable"]


def writable(path: str | Path, subject: str) -> Path:
    """The path of a file that can be written.

    Raises
    ------
    FileError
        If its folder does not exist, it is a folder itself, or it may not be written.

    Examples
    --------
    >>> writable("/no/such/folder/answer.json", "Answer")
    Traceback (most recent call last):
        ...
    deterrence.errors.FileError: Answer: wanted a folder that exists, got '/no/such/folder'. Make the folder first.
    """
    target = Path(path)
    folder = target.parent
    if not folder.is_dir():
        raise FileError(
            subject=subject, wanted="a folder that exists", got=repr(str(folder)), hint="Make the folder first"
        )
    if target.is_dir():
        raise FileError(subject=subject, wanted="the path of a file", got=f"the folder {str(target)!r}")
    if not os.access(target if target.exists() else folder, os.W_OK):
        raise FileError(subject=subject, wanted="a file that may be written", got=repr(str(target)))
    return target
