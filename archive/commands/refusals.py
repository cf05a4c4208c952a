"""Errors that are no fault of the program, in one sentence: what failed, why, and what to do.

In: an exception that a command ended with. Out: a sentence, or None for a fault of ours, which keeps its traceback.
"""

from __future__ import annotations

import errno

from archive.commands.words import Words

_WRITING = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")
_REASONS = {
    "EACCES": "no-right",
    "EPERM": "no-right",
    "EROFS": "read-only",
    "EDQUOT": "full",
    "ENOSPC": "full",
    "ENOENT": "not-there",
    "ENOTDIR": "no-folder",
    "EEXIST": "in-the-way",
    "EISDIR": "in-the-way",
    "ENOTEMPTY": "in-the-way",
    "EMFILE": "too-many-open",
    "ENFILE": "too-many-open",
    "EIO": "broken",
    "ENAMETOOLONG": "long-name",
    "EBUSY": "in-use",
    "ETXTBSY": "in-use",
}


def refusal(error: Exception, words: Words) -> str | None:
    """What to say of an error that is the archive's and not ours; None for ours."""
    import jinja2

    from archive.build.lock import Busy
    from archive.database import DatabaseError, is_full
    from archive.search import SearchFailed
    from archive.site.output import NotOurs

    if isinstance(error, Busy):
        return words("busy")
    if isinstance(error, DatabaseError):
        return words("disk-full", error=error) if is_full(error) else _database(error, words)
    if isinstance(error, NotOurs):
        return words("not-ours", path=error)
    if isinstance(error, jinja2.TemplateError):
        return words("template-error", error=error, place=_place_of(error))
    if isinstance(error, SearchFailed):
        return str(error)
    return _file(error, words) if isinstance(error, OSError) else None


def _file(error: OSError, words: Words) -> str | None:
    """What the system says of a file; None where it says no more than a program's own slip would."""
    if error.errno == errno.ENOSPC:
        return words("disk-full", error=error)
    reason = _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
    if reason is None or error.filename is None:
        return None
    return words("file-failed", path=error.filename2 or error.filename, reason=words(f"file-{reason}"))


def _database(error: Exception, words: Words) -> str | None:
    if not getattr(error, "sqlite_errorname", "").startswith(_WRITING):
        return None
    return words("file-failed", path=".build/archive.db", reason=str(error))


def _place_of(error: Exception) -> str:
    """File and line in the innermost template, as far as Jinja tells."""
    place = f"{getattr(error, 'filename', '') or ''}:{getattr(error, 'lineno', '') or ''}"
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".j2", ".html")):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
