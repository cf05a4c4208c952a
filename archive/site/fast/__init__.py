"""The fast engine: MkDocs plans (`make`), then pages are Markdown in shells that Material's templates made (`plan`)."""
