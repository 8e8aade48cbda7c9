"""Asks a service inside the office: JSON goes to one address and comes back from there."""

from __future__ import annotations

from typing import Any

from corpus.errors import TaizhangError


class ServiceError(TaizhangError):
    """A service could not be reached, or did not answer as it should; says why, without address and key."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        """What HTTP says of the request, None where there was no answer."""


def ask_service(address: str, body: dict[str, Any], key: str, seconds: float) -> Any:
    """Return what the service at `address` answers to `body`, read from JSON.

    Neither proxies of the environment nor redirections are followed: texts go to this address alone.

    Args:
        address: where to post.
        body: what can be written as JSON.
        key: sent as a bearer token; "" for a service that wants none.
        seconds: to wait for a connection, and for each piece of the answer.

    Raises:
        ServiceError: when there is no answer, or one that is no JSON.
    """
    import httpx  # only an office with such a service pays for it

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        reply = httpx.post(address, json=body, headers=headers, timeout=seconds, trust_env=False)
        reply.raise_for_status()
        return reply.json()
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise ServiceError(f"HTTP {status}", status) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ServiceError(type(error).__name__) from error
