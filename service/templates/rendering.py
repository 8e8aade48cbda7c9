"""Fills a Word file with fields and loops; whatever stands in it, it can only read the values given.

It runs in a worker process with limits of time and memory: a template may loop without end.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from corpus.errors import UserError
from service.official.opening import opened
from service.templates.fields import Value, field_names

_TAGS = re.compile(r"\{\{|\{%")
_FILTERS = (
    "join",
    "length",
    "count",
    "first",
    "last",
    "default",
    "d",
    "replace",
    "sort",
    "unique",
    "trim",
    "batch",
)
"""What of Jinja a template may use; none of them makes more of a value than it is."""
_MALFORMED = (
    TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError, etree.LxmlError,
    PythonDocxError, XmlchemyError,
)  # fmt: skip
"""What Jinja, docxtpl and python-docx raise over what is no sound template."""
MOST_BYTES = 50 * 1024 * 1024
"""Size of what comes out."""


def has_tags(data: bytes, name: str = "") -> bool:
    """Tell whether a docx holds fields or loops.

    Raises:
        ValueError: when the bytes are no docx.
        UnreadableError: when the file is damaged or hostile.
    """
    return any(_TAGS.search(paragraph.text) for paragraph in all_paragraphs(opened(data, name)))


def all_paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, those within tables among them."""
    body: Any = document.element.body
    for line in body.iter(qn("w:p")):
        yield Paragraph(line, document._body)


def render(data: bytes, values: dict[str, Value]) -> bytes:
    """Return the docx with its fields filled.

    Raises:
        UserError: when a field is unknown, a tag is malformed, or a tag asks for what no template may do.
    """
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    opened(data)
    template = DocxTemplate(io.BytesIO(data))
    try:
        template.render(values, _environment(), autoescape=True)
    except TemplateError as error:
        raise UserError(_told(error)) from error
    except _MALFORMED as error:
        raise UserError("模板里有写不成文字的内容，请检查 {{ }} 和 {% %} 里的写法。") from error
    written = io.BytesIO()
    template.save(written)
    if written.tell() > MOST_BYTES:
        raise UserError("填好的文件太大，请减少模板里的循环。")
    return written.getvalue()


def _environment() -> Any:
    """Return a sandbox without globals and with few filters, in which an unknown name is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(StrictUndefined):
        def _fail_with_undefined_error(self, *_: Any, **__: Any) -> NoReturn:
            raise UserError(_unknown(str(self._undefined_name), self._undefined_obj))

        __str__ = __iter__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
        __add__ = __call__ = __getitem__ = __contains__ = _fail_with_undefined_error

    environment = ImmutableSandboxedEnvironment(undefined=Unknown, autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment


def _unknown(name: str, owner: object) -> str:
    """Return what to say of a field that there is none of, with those that there are."""
    if not isinstance(owner, dict):
        return f"模板里的字段“{name}”不存在。可用的有：{'、'.join(field_names())}。"
    return f"模板里的字段“{name}”不存在。这里可用的有：{'、'.join(map(str, owner))}。"


def _told(error: Exception) -> str:
    """Return in the user's words what Jinja found."""
    from jinja2 import TemplateAssertionError, TemplateSyntaxError
    from jinja2.exceptions import SecurityError

    if isinstance(error, SecurityError):
        return "模板里有不允许的写法：只能引用字段，不能调用程序。"
    if isinstance(error, TemplateAssertionError):
        return f"模板里用了没有的过滤器或测试。可用的过滤器：{'、'.join(_FILTERS)}。"
    if isinstance(error, TemplateSyntaxError):
        return f"模板写法有误：{_syntax(str(error.message or ''))}。"
    return "模板写法有误，请检查 {{ }} 和 {% %} 里的内容。"


def _syntax(message: str) -> str:
    """Return in Chinese what is wrong with a tag."""
    if "end of template" in message:
        return "有没有结束的循环或条件，请补上 {% endfor %} 或 {% endif %}"
    unknown = re.search(r"unknown tag '([^']*)'", message)
    if unknown:
        return f"没有 {{% {unknown[1]} %}} 这种写法，或者它缺少前面的 {{% for %}}、{{% if %}}"
    near = re.search(r"'([^']*)'", re.sub(r"<[^>]*>", "", message))
    return f"请检查{f'“{near[1]}”附近的' if near else ''} {{{{ }}}} 和 {{% %}} 是否成对"
