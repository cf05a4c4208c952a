"""The steps of a build, each brought up to date from what the one before it changed."""
