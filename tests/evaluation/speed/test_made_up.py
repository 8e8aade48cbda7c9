from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.passages import cut_passages
from evaluation.speed.made_up import NARROW, PASSAGES_EACH, Sentences, made_up

TEXT = "各县区要开展河道采砂专项整治并建立台账。\n市水利局要按月汇总整治情况并及时上报！短句。"


def test_documents_have_the_passages_asked_for(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    sentences = Sentences.of(tmp_path)
    assert len(sentences.texts) == 2
    made = list(made_up(sentences, 4 * PASSAGES_EACH - 1))
    assert [len(cut_passages(new.document)) for new in made] == [PASSAGES_EACH] * 4
    assert [new.document.header.region == NARROW for new in made] == [False, False, False, True]
    assert made == list(made_up(sentences, 4 * PASSAGES_EACH)), "the same each time"


def test_nothing_to_make_them_of(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可用的文本"):
        Sentences.of(tmp_path)
