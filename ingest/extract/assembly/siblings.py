"""What the items beside an item tell of it: whether a statement after its last sub-item closes all of it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.assembly.tree import Node

_SOME = 2
"""Where some items beside it carry no statement, so many must carry one, and at least half of them."""


def closed_by_last_item(node: Node, siblings: Sequence[Node]) -> bool:
    """Tell whether the statement after an item's last sub-item governs the whole item.

    （一）… 1.… 2.…（责任单位：甲局） beside （二）…（责任单位：乙局）: each item of this list carries one
    statement at its end, so the one of （一） is its own. Where sub-items elsewhere in the list have
    statements of their own, the last sub-item's is its own too.
    """
    if not _last_alone_holds(node):
        return False
    peers = [peer for peer in siblings if peer is not node and peer.block.number]
    if any(_holds_in_several(peer) for peer in peers):
        return False
    closed = sum(_is_closed_at_its_end(peer) for peer in peers)
    return closed == len(peers) > 0 or closed >= max(_SOME, (len(peers) + 1) // 2)


def _last_alone_holds(node: Node) -> bool:
    """Tell whether an item has two sub-items or more and one statement, at its very end."""
    return bool(node.block.number) and len(node.numbered) > 1 and _is_closed_at_its_end(node)


def _is_closed_at_its_end(node: Node) -> bool:
    """Tell whether an item holds statements, and none before its last paragraph."""
    parts = node.paragraphs()
    return bool(parts[-1].statements) and not any(part.statements for part in parts[:-1])


def _holds_in_several(node: Node) -> bool:
    """Tell whether more than one sub-item of an item holds a statement."""
    return sum(child.holds_statement() for child in node.numbered) > 1
