"""Finds and runs the commands, and ends with one line and the right exit code whatever happens.

Heavy modules are imported inside the commands: ``--help`` must cost no parser, no database and no crawler.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from counterspin import __version__
from counterspin.errors import CounterspinError, LockedError

INTERRUPTED = 130
BUG = 1
_FOLDER = Path(__file__).parent


class _Commands(click.Group):
    """Finds commands by their file name and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        names = (module.name for module in iter_modules([str(_FOLDER)]))
        return sorted(name.rstrip("_").replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        module = name.replace("-", "_")
        suffix = "" if Path(_FOLDER, f"{module}.py").exists() else "_"
        found: click.Command = import_module(f"counterspin.cli.{module}{suffix}").command
        found.name = name
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. The reader of our output may go before the end (``| head``): no error, nothing more to say.

        click would end with 1 here.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is written at exit
            return None
        return result

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            option = error.option_name
            raise click.UsageError(f"No such option {option!r} here; options stand behind the command", ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1, cutoff=0.5) if args else []
            if near:
                raise click.UsageError(f"No such command {args[0]!r}; did you mean {near[0]!r}?", ctx) from error
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="counterspin", message="%(prog)s %(version)s")
def group() -> None:
    """Find spun and contradictory advice on the web, with its evidence, in one SQLite file.

    Begin with `counterspin demo`, or with `counterspin init` for a project of your own.
    """


def run() -> None:
    """Run the command of ``sys.argv`` and exit: one line for every error, and an exit code that says of what kind."""
    _speak_utf8()
    try:
        code = group.main(standalone_mode=False, prog_name="counterspin")
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "counterspin"
        _say(f"{error.format_message()} (see `{path} --help`)")
        code = error.exit_code
    except CounterspinError as error:
        _say(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; what was done is kept. The same command goes on from there")
        code = INTERRUPTED
    except OSError as error:
        code = _system_error(error)
    except Exception as error:  # noqa: BLE001 - the outermost stage: a bug becomes one line and a file for us
        code = _bug(error)
    sys.exit(code if isinstance(code, int) else 0)


def _speak_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale knows no UTF-8: else names of files are read as rubbish."""
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _say(message: str) -> None:
    from reports.safe import line

    click.echo(f"counterspin: {line(message)}", err=True)


def _system_error(error: OSError) -> int:
    from errno import EACCES, EADDRINUSE, EDQUOT, ENOSPC, EPERM, EROFS

    known = {
        ENOSPC: (5, "the disk is full; what was committed is kept. Make room, run again"),
        EDQUOT: (5, "the disk quota is used up; what was committed is kept. Make room, run again"),
        EROFS: (6, "this file system is read-only; use another folder"),
        EACCES: (6, "no right to do this; check the owner and the rights of the file and its folder"),
        EPERM: (6, "not permitted; check the owner and the rights of the file and its folder"),
        EADDRINUSE: (LockedError.exit_code, "the port is in use; choose another one"),
    }
    if error.errno not in known:
        return _bug(error)
    code, advice = known[error.errno]
    _say(f"{error.filename or error.strerror}: {advice}")
    return code


def _bug(error: BaseException) -> int:
    import tempfile
    import traceback

    if os.environ.get("COUNTERSPIN_DEBUG"):
        traceback.print_exception(error)
    with tempfile.NamedTemporaryFile(
        "w", prefix="counterspin-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as log:
        log.writelines(
            (f"counterspin {__version__}, Python {sys.version}\n{sys.argv}\n", *traceback.format_exception(error))
        )
    _say(f"a bug: {type(error).__name__}: {str(error)[:200]}; please report it with {log.name}")
    return BUG
