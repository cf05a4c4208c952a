"""JSON Schemas of the records, for editors' programs (archive/schemas.py).

In: what the archive knows. Out: `du-lieu/schema/<kind>.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece
from archive.schemas import record_schema, schema_paths


class Schemas(Output):
    def site_keys(self) -> Iterable[str]:
        return schema_paths(self.context.knowledge).values()

    def of_site(self, key: str) -> Iterator[Piece]:
        kinds = {path: kind for kind, path in schema_paths(self.context.knowledge).items()}
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": self.context.settings.url + key,
            **record_schema(kinds[key], self.context.knowledge),
        }
        yield SiteFile(key, f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode())
