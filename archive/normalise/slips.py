"""Slips: which problem a value is that does not fit, and what may have been meant by it.

In: what was written, and what belongs there. Out: a code of site-config/problems.yml and the values
of its message (`Slip`). Only asked when something is wrong, so it may take its time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from archive.knowledge import Knowledge
from archive.model.edtf import parse_date
from archive.model.schema import (
    CHECKSUM,
    FILE_NAME,
    WEB_ADDRESS,
    Choice,
    FieldKind,
    FieldSpec,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    fields_of,
)
from archive.problems import either
from archive.rules.dates import WrittenDate
from archive.rules.vocabularies import Term
from archive.suggestions import meant_dates, meant_field, meant_terms

_DAY = re.compile(r"(\d{4}|XXXX)-(0[1-9]|1[0-2])-(\d\d)[?~%]?")
_BODY_FIELD = re.compile(r"\s*([a-z_]+):(?:\s|$)")
_LEAP_YEAR = 2000
_SHOWN = 80  # of a value that may be as long as its file
_LONGEST_LIST, _WITH_NAMES = 24, 8


class Slip(NamedTuple):
    code: str
    values: Mapping[str, object]


def unknown_field(
    name: str,
    at: str,
    fields: Mapping[str, FieldSpec],
    whole: Mapping[str, FieldSpec],
    before: Sequence[str],
    called: Mapping[str, str],
) -> Slip:
    """A field that is not there: it stands on the wrong level, or is called otherwise.

    `fields` belong at this place, `whole` to the record; `before` are the fields above it.
    """
    if name[:1] != (name.strip() or "?")[:1]:  # spaces that are none to YAML
        return Slip("yaml-odd-space", {"character": f"U+{ord(name[0]):04X}"})
    if at and name in whole:
        return Slip("field-too-deep", {"field": name, "group": at})
    groups = [field for field, spec in fields.items() if name in _inside(spec)]
    above = [group for group in reversed(before) if group in groups]
    if not at and (above or len(groups) == 1):
        return Slip("field-outside-group", {"field": name, "group": (above or groups)[0]})
    words = {field: called.get(f"called.{field}", "") for field in fields}
    return Slip("unknown-field", {"field": name, "suggestion": either(meant_field(name, fields, words))})


def _inside(field: FieldSpec) -> Iterable[str]:
    return fields_of(field.kind.of) if isinstance(field.kind, Group) else ()


def wrong_date(text: str, forms: Sequence[WrittenDate]) -> Slip:
    """A day that is on no calendar, an interval that runs backwards, or a date in another form than EDTF."""
    if (day := _DAY.fullmatch(text)) and int(day[3]) > 0:
        days = calendar.monthrange(_LEAP_YEAR if day[1] == "XXXX" else int(day[1]), int(day[2]))[1]
        if int(day[3]) > days and int(day[1].replace("XXXX", "2000")) > 0:
            values = {"value": text, "month": f"{day[1]}-{day[2]}", "days": days}
            return Slip("no-such-day", values)
    start, slash, end = text.partition("/")
    if slash and _is_date(f"{end}/{start}"):
        return Slip("backwards-interval", {"value": text, "suggestion": f"{end}/{start}"})
    return Slip("bad-date", {"value": text[:_SHOWN], "suggestion": either(meant_dates(text, forms))})


def _is_date(text: str) -> bool:
    try:
        return bool(parse_date(text))
    except ValueError:
        return False


def wrong_choice(text: str, vocabulary: str, terms: Mapping[str, Term]) -> Slip:
    code = "unknown-level" if vocabulary == "levels" else "unknown-value"
    if len(terms) <= _WITH_NAMES:
        known = ", ".join(f"{code} ({term.name})" for code, term in terms.items())
    else:
        known = ", ".join(terms) if len(terms) <= _LONGEST_LIST else f"site-config: {vocabulary}"
    return Slip(code, {"value": text[:_SHOWN], "known": known, "suggestion": either(meant_terms(text, terms))})


def wrong_form(text: str, form: str) -> str:
    """A checksum, an address or a file name that was meant; empty where nobody can tell."""
    meant = {
        CHECKSUM: re.sub(r"^sha-?256\s*[:=]\s*|\s", "", text.lower()),
        WEB_ADDRESS: f"https://{text}",
        FILE_NAME: re.split(r"[/\\]", text.strip())[-1],
    }[form]
    is_likely = form != WEB_ADDRESS or re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text)
    return meant if is_likely and re.fullmatch(form, meant) else ""


def list_of(text: str, kind: Many, knowledge: Knowledge) -> str:
    """A list as it is written, of what stands there with commas between or alone."""
    if isinstance(kind.of, Group):
        member = group_of(text, kind.of)
        return f"[{member}]" if member else ""
    if isinstance(kind.of, Text):
        return f'["{text}"]' if '"' not in text else ""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return f"[{', '.join(_code(part, kind.of, knowledge) for part in parts)}]"


def _code(text: str, kind: FieldKind, knowledge: Knowledge) -> str:
    found = meant_terms(text, knowledge.vocabularies[kind.vocabulary]) if isinstance(kind, Choice) else []
    return found[0] if len(found) == 1 else text


def group_of(text: str, kind: Group) -> str:
    """A group as it is written, with the text in the field that holds the words."""
    fields = fields_of(kind.of)
    needed = [name for name, field in fields.items() if isinstance(field.kind, Text) and field.required]
    likely = [name for name, field in fields.items() if isinstance(field.kind, Text | FileName | Reference)]
    name = next(iter(needed or likely), "")
    return f'{{{name}: "{text}"}}' if name and '"' not in text else ""


def field_in_body(body: str, fields: Iterable[str]) -> tuple[int, str] | None:
    """(lines above it, name) of a field that stands below the front matter, where the text begins."""
    above = len(body) - len(body.lstrip())
    if (match := _BODY_FIELD.match(body, above)) and match[1] in fields:
        return body.count("\n", 0, above), match[1]
    return None
