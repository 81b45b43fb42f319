"""What stands between the commands and the user: exit codes, errors in one line."""

from __future__ import annotations

import importlib
import os
from typing import Any

import click

__all__ = ["FAULT", "MISUSE", "NO", "Guarded"]

NO, MISUSE, FAULT = 1, 2, 3


class Fault(click.ClickException):
    """Something that went wrong in the library, said in one line."""

    exit_code = FAULT


class Misuse(click.ClickException):
    """A question that cannot be answered as it was put."""

    exit_code = MISUSE


LATER = {"sweep": ("deterrence.sweeps.command", "sweep")}
"""Commands whose modules are heavy: imported when they are asked for."""


class Guarded(click.Group):
    """A group of commands from which no traceback reaches the user."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, those that are imported later too."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name."""
        if cmd_name in LATER:
            module, name = LATER[cmd_name]
            command: click.Command = getattr(importlib.import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; errors become one line and an exit code."""
        from deterrence.errors import DeterrenceError

        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except DeterrenceError as error:
            raise Misuse(str(error)) from None
        except OSError as error:
            raise Misuse(_about_file(error)) from None
        except Exception as error:  # the last line of defence: no traceback reaches the user
            if os.environ.get("DETERRENCE_DEBUG"):
                raise
            text = f"a fault of the library, {type(error).__name__}: {error} (DETERRENCE_DEBUG=1 shows where)"
            raise Fault(text) from None


def _about_file(error: OSError) -> str:
    """What is wrong with a file, in words."""
    if error.filename is None or error.strerror is None:
        return str(error)
    return f"File {error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}"
