"""Jinja without what none of our templates asks for: a context that calls functions as they are.

In: nothing. Out: `QuickContext`, for `Environment.context_class`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context


class QuickContext(Context):
    """Calls functions of templates as they are: none of ours, and none of Material's, asks for Jinja's own state.

    Jinja looks at every function that is called for such wishes, which takes as long as most of them.
    """

    def call(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*args, **named)
