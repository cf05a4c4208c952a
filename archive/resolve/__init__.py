"""What needs more than one file: dates and places of events, who was there, which lists are long."""

from archive.resolve.events import ResolvedEvent, event_rows, resolve_event
from archive.resolve.moments import moment_of_article

__all__ = ["ResolvedEvent", "event_rows", "moment_of_article", "resolve_event"]
