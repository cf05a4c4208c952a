"""The fast engine: MkDocs plans, then every page is Markdown in a shell that Material's templates printed."""

from archive.site.fast.key import plan_key
from archive.site.fast.make import difference, plan, prove
from archive.site.fast.plan import Plan

__all__ = ["Plan", "difference", "plan", "plan_key", "prove"]
