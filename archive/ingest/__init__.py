"""Raw text or saved HTML → a draft article, stubs for what is new, and a report of what is doubtful."""
