"""The parameters that narrow a listing of the ledger, the same for each address that lists or counts rows."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, TaskStatus
from corpus.task import Role
from service.api.dependencies import MOST_OFFSET, Day, LibraryDependency

Words = Annotated[str | None, Field(max_length=200)]


class TaskParameters(BaseModel):
    """What narrows a listing; everything is optional and all that is given must hold."""

    unit: Annotated[Words, Field(description="单位名称或其一部分；简称也找全称")] = None
    role: Annotated[Role | None, Field(description="该单位的角色")] = None
    status: TaskStatus | None = None
    due_from: Annotated[Day | None, Field(description="时限不早于这一天")] = None
    due_before: Annotated[Day | None, Field(description="时限不晚于这一天")] = None
    document: Annotated[str | None, Field(description="文件编号")] = None
    words: Annotated[Words, Field(description="任务内容中的文字")] = None
    colour: Colour | None = None
    month: Annotated[
        str | None, Field(pattern=r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$", description="到期月份")
    ] = None
    mark: Annotated[Literal["紧急", "重点"] | None, Field(description="标记")] = None
    origin: Annotated[Words, Field(description="来源")] = None
    leader: Annotated[Words, Field(description="交办领导或责任人姓名")] = None
    officer: Annotated[Words, Field(description="承办人")] = None
    late: Annotated[bool | None, Field(description="是否逾期完成")] = None
    extended: Annotated[bool | None, Field(description="是否延过期")] = None
    closing: Annotated[
        Literal["applied", "accepted", "rejected"] | None, Field(description="销号申请的状态")
    ] = None
    by_due: Annotated[bool, Field(description="按时限排列，没有时限的在后")] = False
    hidden: Annotated[bool, Field(description="只要已删除或已并入其他任务的行")] = False
    offset: Annotated[int, Field(ge=0, le=MOST_OFFSET, description="跳过前多少项")] = 0
    limit: Annotated[int, Field(ge=1, le=10_000, description="最多给出多少项")] = 100

    @property
    def query(self) -> TaskQuery:
        """The query that the parameters make; an empty text narrows nothing."""
        values = {key: value for key, value in self if value != "" and key != "by_due"}
        return TaskQuery(order_by_due=self.by_due, **values)


def query_of(library: LibraryDependency, parameters: Annotated[TaskParameters, Query()]) -> TaskQuery:
    """Return the query that the parameters of an address name.

    Raises:
        NotFoundError: when they name a document that the library does not hold, which would else look like
            one without tasks.
    """
    query = parameters.query
    if query.document is not None:
        library.document_row(query.document)
    return query


TaskQueryDependency = Annotated[TaskQuery, Depends(query_of)]
