"""Builds the application."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from service.api import problems
from service.api.entrance import entrance
from service.api.guard import Guard
from service.api.routes import library as routes
from service.library import Library

DESCRIPTION = "台账：检索政策文件，从方案中拆出任务、单位、时限，每一项都带原文出处。"


def create_app(library: Library, local: bool = True) -> FastAPI:
    """Return the application over `library`, without pages; `local` when only this machine is served."""
    # The interactive description loads its scripts from the internet, which an office does not have.
    app = FastAPI(
        title="taizhang", version=_version(), description=DESCRIPTION, docs_url=None, redoc_url=None
    )
    app.state.library = library
    app.add_middleware(Guard, accounts=library.accounts, local=local)
    problems.install(app)
    app.include_router(entrance)
    app.include_router(routes.router)
    # Named only here: FastAPI builds every route anew wherever one router goes into another without a prefix.
    app.include_router(routes.api, prefix=routes.PREFIX)
    return app


def _version() -> str:
    try:
        return version("taizhang")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
