"""Jinja without what none of our templates asks for.

In: values for templates. Out: `QuickContext`, for `Environment.context_class`, `QuickEnvironment`, `with_attributes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import jinja2
from jinja2.runtime import Context


class QuickContext(Context):
    """Calls functions of templates as they are: none of ours, and none of Material's, asks for Jinja's own state.

    Jinja looks at every function that is called for such wishes, which takes as long as most of them.
    """

    def call(
        self, function: Callable[..., Any], /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any
    ) -> Any:
        return function(*args, **named)


class QuickEnvironment(jinja2.Environment):
    """Templates share the globals of the environment, to which nothing is added later.

    Jinja gives each template a view of them that asks twice, and every import goes through all of it.
    """

    context_class = QuickContext

    def make_globals(self, given: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(given) if given else self.globals


class _Attributes(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.__dict__ = self


def with_attributes(value: Any) -> Any:
    """The same value, whose dicts, at any depth, have what they hold as attributes, too.

    `words.title` asks a dict for an attribute first, and that it has none takes longer than all else.
    """
    if isinstance(value, dict):
        return _Attributes({name: with_attributes(held) for name, held in value.items()})
    return [with_attributes(held) for held in value] if isinstance(value, list) else value
