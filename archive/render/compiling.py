"""How templates become Python: as Jinja does it, without what our templates never ask for.

In: a template. Out: its code. Templates mean what they always mean, but a value is escaped once and by
one rule, words of labels.yml stand in the code as they are printed, and the tools (`v`, `lists`, …) are
looked up once. Tools don't ask for Jinja's context, so calls go straight to them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import jinja2.compiler
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# `Markup(text)` first asks the text for a method of its own, which a plain string never has.
markup: Callable[[type[Markup], str], Markup] = str.__new__


class PlainMacro(Macro):
    """A macro that is called without detours where it is given values in order."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        lacks = self._argument_count - len(args)
        if kwargs or lacks < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return markup(Markup, self._func(*args, *[missing] * lacks) if lacks else self._func(*args))


class PlainGenerator(CodeGenerator):
    """Writes the code of a template of a `PageEnvironment`."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("Macro, markup = environment.macro, environment.markup")
        self.writeline("put, attribute = environment.put, environment.getattr")
        for name in _environment(self).tools:
            self.writeline(f"{_tool(name)} = environment.tools[{name!r}]")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        value = node.as_const(frame.eval_ctx)
        return str(value if isinstance(node, nodes.TemplateData) else _environment(self).put(value))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("put(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        is_tool = isinstance(node.node, nodes.InternalName)  # whose attributes are never items
        self.write("" if is_tool else "attribute(")
        self.visit(node.node, frame)
        self.write(f".{node.attr}" if is_tool else f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node.node is not None:
            super().visit_Filter(node, frame)
            return
        with self._filter_test_common(node, frame, True):
            self.write(f"markup(Markup, concat({frame.buffer}))")


class PageEnvironment(jinja2.Environment):
    """An environment with tools that all templates share, of which `t` holds the words of labels.yml.

    `put` makes a value ready to stand in a page.
    """

    code_generator_class = PlainGenerator
    macro = PlainMacro
    markup = staticmethod(markup)

    def __init__(self, tools: Mapping[str, Any], put: Callable[[Any], str], **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.tools = tools
        self.put = put
        self.globals.update(tools)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        stored = {found.name for found in source.find_all(nodes.Name) if found.ctx != "load"}
        settled: nodes.Template = _Settle({key: tool for key, tool in self.tools.items() if key not in stored}).visit(
            source
        )
        return super()._generate(settled, name, filename, defer_init)


class KeptTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder, for as long as all that is settled in them stays the same."""

    def __init__(self, folder: Path, tools: Mapping[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))
        self._settled = hashlib.sha256(json.dumps([*tools, tools.get("t")], default=str).encode())
        for module in (__file__, str(jinja2.compiler.__file__)):
            self._settled.update(Path(module).read_bytes())

    def get_source_checksum(self, source: str) -> str:
        settled = self._settled.copy()
        settled.update(source.encode())
        return settled.hexdigest()


class _Settle(NodeTransformer):
    """Puts in place what is the same in every page: tools, and words by name (`t.common.unknown`)."""

    def __init__(self, tools: Mapping[str, Any]) -> None:
        self.tools = tools

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        return _internal(_tool(node.name), node.lineno) if node.name in self.tools else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        words = self._words(node)
        if isinstance(words, str):
            return nodes.Const(words, lineno=node.lineno)
        if words is not None:  # a dictionary has its own attributes: its words are items
            return nodes.Getitem(self.visit(node.node), nodes.Const(node.attr), "load", lineno=node.lineno)
        return self.generic_visit(node)

    def _words(self, node: nodes.Node) -> Any:
        """The words that `t.…` stands for; None for anything else."""
        if isinstance(node, nodes.Name):
            return self.tools.get("t") if node.name == "t" else None
        if isinstance(node, nodes.Getattr):
            above = self._words(node.node)
            return above.get(node.attr) if isinstance(above, Mapping) else None
        return None


def _tool(name: str) -> str:
    return f"the_{name}"


def _internal(name: str, line: int) -> nodes.InternalName:
    # Jinja gives such nodes to its own parser only; the name is as good as one of its own.
    node = object.__new__(nodes.InternalName)
    nodes.Node.__init__(node, name, lineno=line)
    return node


def _environment(generator: CodeGenerator) -> PageEnvironment:
    assert isinstance(generator.environment, PageEnvironment)
    return generator.environment
