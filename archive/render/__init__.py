"""A query's frozen result → pages in Markdown, by the templates of templates/pages."""

from archive.render.lists import Lists
from archive.render.pages import PagePlan, Plans, Renderer

__all__ = ["Lists", "PagePlan", "Plans", "Renderer"]
