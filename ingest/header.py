"""The facts of a document's head."""

from __future__ import annotations

from corpus.document import Block, Header
from ingest.cleaning.clutter import Clues
from ingest.headfacts.dates import find_date
from ingest.headfacts.head import head_of
from ingest.headfacts.issuers import find_doc_number, find_issuer
from ingest.headfacts.marks import find_urgency
from ingest.headfacts.places import find_level, find_place
from ingest.headfacts.titles import find_doc_type, find_genre, find_title


def header_facts(text: str, blocks: tuple[Block, ...], clues: Clues) -> Header:
    """Return what the head of a document tells; `clues` is what its page told outside the text."""
    head = head_of(text, blocks, clues)
    title = find_title(head)
    doc_type = find_doc_type(title, head)
    issuer = find_issuer(title, doc_type, head)
    region = find_place(title, issuer, head)
    return Header(
        title=title,
        doc_type=doc_type,
        genre=find_genre(title),
        issuer=issuer,
        doc_number=find_doc_number(head),
        date=find_date(head),
        region=region,
        level=find_level(title, issuer, region, head),
        urgency=find_urgency(head),
    )
