"""Typed texts find the traces of their sentences again; layouts of documents become outlines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.store.listing.layouts import DocumentLayout
from service.comparing import Fate
from service.drafting.comparing import compare_drafts
from service.drafting.draft import AUTHOR, Draft, Kind, Origin, Paragraph, Section, Source, Statement
from service.drafting.editing import TypedParagraph, TypedSection, revised
from service.drafting.learning import learnt_outlines, part_for

ROW = Source(Origin.ROW, ("t1",), "d1", "方案")
COUNT = Source(Origin.COUNT, ("t1", "t2"))
COUNTED = Statement("共2项任务，已完成1项。", (COUNT,))
TOLD = Statement("清理垃圾方面，清运三千吨。", (ROW,))
CLAUSE = Statement("市水利局牵头2项，已完成1项；", (COUNT,))


def draft(*texts: Statement) -> Draft:
    return Draft("工作汇报", "报告", (Section("情况", (Paragraph(texts),)),))


def typed(text: str, kind: Kind = Kind.TEXT) -> tuple[Statement, ...]:
    """Return what becomes of a paragraph that was typed over one with the three sentences."""
    sections = [TypedSection("情况", (TypedParagraph(text, kind),))]
    [section] = revised(draft(COUNTED, TOLD, CLAUSE), sections)
    return section.statements


def test_sentences_that_stayed_keep_their_sources_wherever_they_are() -> None:
    assert typed(TOLD.text + CLAUSE.text + COUNTED.text) == (TOLD, CLAUSE, COUNTED)


def test_a_changed_sentence_is_told_from_a_new_one() -> None:
    [changed, new] = typed("清理垃圾方面，已清运三千吨。天气转凉，注意防寒。")
    assert (changed.sources, changed.edited) == ((ROW,), True)
    assert new.sources == (AUTHOR,)


def test_a_gap_that_is_typed_is_unknown() -> None:
    assert typed("【待补：原因】。")[0].sources[0].origin is Origin.UNKNOWN


@given(st.lists(st.sampled_from([COUNTED.text, TOLD.text, CLAUSE.text, "新的话。", "没有句号"]), max_size=6))
def test_nothing_that_was_typed_is_lost(parts: list[str]) -> None:
    assert "".join(item.text for item in typed("".join(parts))) == "".join(parts)


def test_an_example_whose_mark_is_gone_is_text() -> None:
    sections = [
        TypedSection("", tuple(TypedParagraph(text, Kind.EXAMPLE) for text in ("【参考：甲】做。", "做。")))
    ]
    [section] = revised(draft(COUNTED), sections)
    assert [item.kind for item in section.paragraphs] == [Kind.EXAMPLE, Kind.TEXT]


def test_a_record_gives_the_draft_back() -> None:
    before = draft(COUNTED, TOLD)
    assert Draft.from_record(before.record()) == before


def test_versions_are_compared_by_sentences() -> None:
    after = draft(COUNTED, Statement("清理垃圾方面，清运四千吨。"), Statement("全文完。"))
    comparison = compare_drafts(draft(COUNTED, TOLD, CLAUSE), after)
    fates = [line.fate for line in comparison.lines if not (line.after or line.before).heading]  # type: ignore[union-attr]
    assert sorted(fates) == sorted([Fate.SAME, Fate.CHANGED, Fate.DROPPED, Fate.ADDED])
    [changed] = [line for line in comparison.lines if line.fate is Fate.CHANGED]
    assert [words.text for words in changed.words if words.kind == "added"] == ["四"]


def layout(number: int, *headings: str) -> DocumentLayout:
    return DocumentLayout(f"d{number}", f"方案{number}", "市", headings)


def test_layouts_that_documents_share_become_outlines() -> None:
    common = [
        layout(n, "一、总体要求", f"二、{'重点' if n % 2 else '主要'}任务", "三、保障措施") for n in range(6)
    ]
    short = [layout(n, "一、主要任务", "二、工作要求") for n in range(6, 9)]
    own = [layout(9, "一、安澜市的河", "二、望川县的山")]
    first, second = learnt_outlines("实施方案", [*common, *short, *own])
    assert [part.heading for part in first.outline.parts][1:] in (
        ["总体要求", "重点任务", "保障措施"],
        ["总体要求", "主要任务", "保障措施"],
    )
    assert (first.count, second.count, first.documents[0]) == (6, 3, ("d0", "方案0"))
    assert second.outline.parts[-1].contents == ("demands",)


def test_few_documents_teach_nothing() -> None:
    assert learnt_outlines("函", [layout(1, "一、甲"), layout(2, "一、乙")]) == ()


def test_headings_ask_for_contents() -> None:
    asked = {
        heading: part_for(heading).contents for heading in ("存在的主要问题", "下一步工作打算", "工作体会")
    }
    assert asked == {"存在的主要问题": ("problems",), "下一步工作打算": ("ahead",), "工作体会": ()}
