"""Pages → HTML in the output folder. MkDocs, Material and Zensical are known here and nowhere else."""

from archive.site.fast import Plan, plan_key, prove
from archive.site.fast import plan as make_plan
from archive.site.fast.folder import write_static
from archive.site.html import build_html
from archive.site.journal import apply_journal, write_journal
from archive.site.output import MARKER, NotOurs, check_output, recover, take_over
from archive.site.work_folder import write_work_folder

__all__ = [
    "MARKER",
    "NotOurs",
    "Plan",
    "apply_journal",
    "build_html",
    "check_output",
    "make_plan",
    "plan_key",
    "prove",
    "recover",
    "take_over",
    "write_journal",
    "write_static",
    "write_work_folder",
]
