"""How a command fails: one sentence on standard error and an exit code, never a traceback unless asked for."""

import errno
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from app.errors import InvalidRequest, InvalidValue, NotFound, QawlError, Unavailable
from app.logs import configure_logs
from app.settings import Settings, settings

FAILURE = 1
EXIT_CODES: dict[type[QawlError], int] = {InvalidRequest: 2, InvalidValue: 2, NotFound: 3, Unavailable: 4}
THIS_MACHINE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
    errno.ENOENT,
    errno.EISDIR,
}

# SQLSTATE classes: connection lost, resources short (a full disk), stopped by its operator.
POSTGRES_IN_NEED = ("08", "53", "57P")
# Undefined table, undefined column.
OTHER_SCHEMA = ("42P01", "42703")


class Frame(TyperGroup):
    """Runs every command with settings and logs ready, and words its failure."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a failure that a user can mend ends in `typer.Exit` after one sentence."""
        debug = False
        try:
            chosen = read_settings()
            debug = bool(ctx.params.get("debug")) or chosen.log_level == "debug"
            configure_logs(level=chosen.log_level, form=chosen.log_format)
            return super().invoke(ctx)
        except Exception as failure:
            sentence = sentence_of(failure)
            if sentence is None or debug:
                raise
            typer.echo(f"qawl: {sentence}", err=True)
            raise typer.Exit(exit_code(failure)) from failure


def read_settings() -> Settings:
    """The settings, or an `InvalidValue` that names every variable which does not fit."""
    try:
        return settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"QAWL_{str(item['loc'][0]).upper()}={item['input']!r}: {item['msg']}" for item in error.errors()
        )
        raise InvalidValue(f"a setting is not valid: {wrong}") from None


def sentence_of(failure: Exception) -> str | None:
    """What to tell; None for an error that nobody foresaw, which should be seen whole."""
    if isinstance(failure, QawlError):
        return str(failure)
    if isinstance(failure, OSError):
        where = f": {failure.filename}" if failure.filename else ""
        return f"{failure.strerror}{where}" if failure.errno in THIS_MACHINE else None
    return _said_by_postgres(failure)


def _said_by_postgres(failure: BaseException) -> str | None:
    """What is amiss with the database, at the bottom of a chain of errors; None where it is the question."""
    cause: BaseException | None = failure
    while cause is not None:
        state = str(getattr(cause, "sqlstate", ""))
        if state in OTHER_SCHEMA:
            return "the database has not the tables that this version of Qawl reads: run `qawl migrate`"
        if state.startswith(POSTGRES_IN_NEED):
            return f"Postgres cannot go on: {str(cause).splitlines()[0]}"
        cause = cause.__cause__
    return None


def exit_code(failure: Exception) -> int:
    """2 for what was asked wrongly, 3 for what is not there, 4 for a server that does not answer, else 1."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(failure, kind)), FAILURE)
