"""The bytes of files that were attached to rows, kept by hash like those of documents.

Which row has which file stands in the row; what is taken off a row is kept, since that can be undone.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from corpus.errors import NotFoundError
from corpus.store.database import take_numbers
from corpus.store.documents.contents import keep_original
from corpus.store.encoding import inflate
from corpus.store.identifiers import attachment_name, attachment_number
from corpus.store.schema import attachments, originals


def keep_attachment(connection: Connection, data: bytes) -> str:
    """Keep a file and return the id under which it is found again: a3."""
    number = take_numbers(connection, "attachment")
    connection.execute(insert(attachments), {"id": number, "original": keep_original(connection, data)})
    return attachment_name(number)


def read_attachment(connection: Connection, name: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        NotFoundError: when there is none of that id.
    """
    joined = attachments.join(originals, originals.c.hash == attachments.c.original)
    wanted = select(originals.c.deflated, originals.c.data).select_from(joined)
    row = connection.execute(wanted.where(attachments.c.id == attachment_number(name))).one_or_none()
    if row is None:
        raise NotFoundError(f"没有编号为 {name} 的附件。")
    return inflate(row.deflated, row.data)
