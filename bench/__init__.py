"""Measurements against labelled cases and against peers: `python3 build.py bench NAME`."""
