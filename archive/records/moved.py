"""site-config/redirects.yml: a line for an address that moved, and no line that leads to a line.

In: a draft and two addresses. Out: the draft with the file as it should be.
"""

from __future__ import annotations

from archive.read.nodes import Uneditable, Value, tree, with_items, with_value, without_items, yaml_of
from archive.records.draft import REDIRECTS, Draft, Refused

_LIST = "redirects"


def redirects(draft: Draft) -> list[dict[str, Value]]:
    """The lines there are."""
    held = tree(yaml_of(draft.text(REDIRECTS)).root)
    found = held.get(_LIST) if isinstance(held, dict) else None
    return [line for line in (found if isinstance(found, list) else ()) if isinstance(line, dict)]


def add_redirect(draft: Draft, old: str, new: str, reason: str) -> None:
    """The address `old` leads to `new` from now on, and whatever led to `old` does too.

    A line from `new` itself goes, as a record lives there. Raises Refused where the file can't be edited.
    """
    try:
        lead_on(draft, old, new)
        alive = [number for number, one in enumerate(redirects(draft)) if str(one.get("from")).startswith(new)]
        draft.put(REDIRECTS, without_items(yaml_of(draft.text(REDIRECTS)), _LIST, alive))
        line: dict[str, Value] = {"from": old, "to": new, "reason": reason}
        draft.put(REDIRECTS, with_items(yaml_of(draft.text(REDIRECTS)), _LIST, [line]))
    except Uneditable as error:
        raise Refused("records-unreadable", path=REDIRECTS, line=error.line or 1) from error


def lead_on(draft: Draft, old: str, new: str) -> None:
    for number, line in enumerate(redirects(draft)):
        target = str(line.get("to"))
        if target.startswith(old):
            moved = new if target == old else new + target.removeprefix(old)
            draft.put(REDIRECTS, with_value(yaml_of(draft.text(REDIRECTS)), f"{_LIST}.{number}.to", moved))


def check_free(draft: Draft, kind: str, id: str, address: str, mine: str = "") -> None:
    """Raises Refused if a record of that id is there, was taken down, or has moved on to other than `mine`."""
    if f"{kind}/{id}" in draft.paths:
        raise Refused("records-taken", id=id, path=draft.paths[f"{kind}/{id}"])
    stone = draft.paths.get(f"removed/{id}")
    if stone and draft.value(stone, "kind") == kind:
        raise Refused("records-taken", id=id, path=stone)
    for line in redirects(draft):
        if line.get("from") == address and line.get("to") != mine:
            raise Refused("records-address-moved", address=address, target=line.get("to"))
