"""Pages → HTML in the output folder. MkDocs, Material and Zensical are known here and nowhere else."""

from archive.site.html import build_html
from archive.site.output import NotOurs, check_output, recover, take_over
from archive.site.work_folder import write_work_folder

__all__ = ["NotOurs", "build_html", "check_output", "recover", "take_over", "write_work_folder"]
