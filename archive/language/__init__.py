"""Vietnamese as written: spelling, order of the alphabet, sentences. Knows no record and no file."""
