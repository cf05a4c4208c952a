"""The hallway: the order in which an archive becomes a site, in full or by what has changed."""
