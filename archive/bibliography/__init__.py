"""Records as entries of a bibliography, as reference managers read them: only what a source states of them."""
