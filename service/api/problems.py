"""Errors over HTTP: problem details (RFC 9457), from one table."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from corpus.errors import (
    BusyError,
    ForbiddenError,
    LoginError,
    NotFoundError,
    OvertakenError,
    SecretError,
    UnreadableError,
    UserError,
)
from corpus.records import plain

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
STATUSES: tuple[tuple[type[UserError], int, str], ...] = (
    (NotFoundError, 404, "没有找到"),
    (LoginError, 401, "需要登录"),
    (ForbiddenError, 403, "没有权限"),
    (BusyError, 503, "暂时繁忙"),
    (OvertakenError, 409, "已被修改"),
    (SecretError, 422, "涉密文件"),
    (UnreadableError, 422, "文件不能读取"),
    (UserError, 400, "请求有误"),
)
"""The first class that fits decides; anything else is a bug in us and is answered with 500."""


class ProblemDetails(BaseModel):
    """What went wrong, in the form of RFC 9457."""

    model_config = ConfigDict(extra="allow")

    type: str = Field("about:blank", description="类别；about:blank 时以 title 为准")
    title: str = Field(description="问题的名称")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="一句话说明原因和办法")
    problems: list[dict[str, Any]] = Field([], description="文件的问题，字段同 problems[]")


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}},
    }
    for status, words in (
        (400, "请求有误"),
        (401, "需要登录"),
        (403, "没有权限"),
        (404, "没有找到"),
        (409, "已被修改"),
        (413, "文件过大"),
        (422, "不能处理"),
        (503, "暂时繁忙"),
    )
}
"""How the description of the interface tells of errors."""


def install(app: FastAPI) -> None:
    """Answer every error of `app` with problem details."""
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(Exception, _internal_error)


def problem_response(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    """Return problem details as a response."""
    details = ProblemDetails(title=title, status=status, detail=detail, **more)
    return JSONResponse(details.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def _user_error(_request: Request, error: Exception) -> JSONResponse:
    status, title = next((status, title) for kind, status, title in STATUSES if isinstance(error, kind))
    problems = [plain(error.problem)] if isinstance(error, UnreadableError) else []
    return problem_response(status, title, str(error), problems=problems)


def _http_error(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "没有这个地址", 405: "这个地址不支持这种请求", 413: "文件过大"}.get(status, "请求有误")
    answer = problem_response(status, words, f"{words}，请对照 /openapi.json 检查。")
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    names = "、".join(dict.fromkeys(str(item["loc"][-1]) for item in wrong))
    return problem_response(422, "参数有误", f"参数 {names} 缺少或不合要求，请对照 /openapi.json 检查。")


def _internal_error(request: Request, error: Exception) -> JSONResponse:
    logger.error("answering %s failed", request.url.path, exc_info=error)
    return problem_response(500, "程序内部出错", "程序内部出错，请把日志发给维护人员。")
