"""Files with damaged bytes: every reader refuses them plainly, or reads what is left."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from tests.ingest.extract.tables.table_builder import as_csv, as_docx, as_html, as_xlsx
from tests.ingest.readers.ofd_builder import ofd, paragraphs
from tests.ingest.readers.test_mail import TABLE, message
from tests.ingest.readers.test_spreadsheets import old_book, old_saved

ROWS = [["序号", "重点任务", "责任单位"], ["1", "整治排污口", "市水利局"]]


@cache
def sound(suffix: str) -> bytes:
    builders = {"csv": as_csv, "docx": as_docx, "html": as_html, "xlsx": as_xlsx}
    if suffix in builders:
        return builders[suffix](ROWS)
    if suffix == "ofd":
        return ofd(paragraphs("整治排污口。"))
    return old_saved(old_book()) if suffix == "xls" else bytes(message("见附件。", f"<html>{TABLE}</html>"))


edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.sampled_from(["set", "cut", "double"]), st.binary(max_size=4)
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("suffix", ["csv", "docx", "eml", "html", "ofd", "xls", "xlsx"])
@settings(max_examples=40, deadline=None)
@given(edits=edits)
def test_damage_is_refused_or_survived(suffix: str, edits: list[tuple[float, str, bytes]]) -> None:
    data = sound(suffix)
    for place, kind, words in edits:
        at = int(place * len(data))
        rest = {"set": data[at + len(words) :], "cut": data[at + 40 :], "double": data[max(0, at - 40) :]}[
            kind
        ]
        data = data[:at] + words + rest
    try:
        reader_for(data, f"a.{suffix}").read(data, f"a.{suffix}")
    except UnreadableError as refused:
        assert refused.problem.message
