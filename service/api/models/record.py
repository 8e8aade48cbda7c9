"""What all models of answers have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An object that may get more keys later."""

    model_config = ConfigDict(extra="allow")
