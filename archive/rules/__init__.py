"""What the files of site-config/ may say: one frozen class a file, and the reader that fills it.

Standard library alone, because the importer reads the same files as JSON in a browser.
"""
