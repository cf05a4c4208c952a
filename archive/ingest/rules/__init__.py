"""What the files of site-config/ may say that the importer alone reads: one frozen class a file."""
