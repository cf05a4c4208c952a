"""The fast engine: MkDocs plans (`make`), then every page is Markdown in a shell that Material's templates printed (`plan`)."""
