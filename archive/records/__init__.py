"""What happens to records: two become one, one becomes two, one gets another id, is taken down, or is corrected.

In: the texts of an archive's files, and what is wanted. Out: edits, each a file as it was and as it is to be. Nothing
here writes; `build/records.py` tries the edits on the whole archive and carries them out.
"""

from archive.records.correct import correct
from archive.records.draft import REDIRECTS, Draft, Edit, Refused, Stamp, Subject, Told, subject_of
from archive.records.merge import merge
from archive.records.quotes import Quote, evidence_from, quotes_of
from archive.records.remove import only_named_by, remove
from archive.records.rename import rename
from archive.records.split import split

__all__ = [
    "REDIRECTS",
    "Draft",
    "Edit",
    "Quote",
    "Refused",
    "Stamp",
    "Subject",
    "Told",
    "correct",
    "evidence_from",
    "merge",
    "only_named_by",
    "quotes_of",
    "remove",
    "rename",
    "split",
    "subject_of",
]
