"""The registry of outputs: every output class in the modules of this room.

In: the site. Out: one output of each class, in the order of their modules' names.
"""

from __future__ import annotations

from importlib import import_module
from inspect import isabstract, isclass
from pathlib import Path
from pkgutil import iter_modules

from archive.outputs.output import Output, Site


def outputs_of(site: Site) -> tuple[Output, ...]:
    """All outputs of one site."""
    return tuple(output(site) for output in _CLASSES)


def _classes() -> tuple[type[Output], ...]:
    names = sorted(module.name for module in iter_modules([str(Path(__file__).parent)]))
    modules = [import_module(f"{__package__}.{name}") for name in names]
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isclass(value) and issubclass(value, Output) and value.__module__ == module.__name__
        if not isabstract(value) and value is not Output
    )


# Found at once, so that the database knows all questions of outputs before the first row changes.
_CLASSES = _classes()
