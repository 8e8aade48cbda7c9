"""Every way of changing a library leaves an entry in the audit log, under the name of who did it."""

from __future__ import annotations

import inspect
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FunctionType

import pytest
from openpyxl import load_workbook

from corpus.document import Document
from corpus.registry.own_units import OwnUnit
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import EditKind, RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.office.saved_filters import SavedFilterTable
from corpus.store.rows import TaskStatus
from corpus.store.store import NewDocument, Store
from corpus.task import Extraction
from index.wording.own_words import OwnWord
from service.accounts import Accounts, Role
from service.audit_words import told
from service.background.jobs import Jobs
from service.backup import Backups
from service.dispatch.dispatches import Dispatches
from service.drafting.making import DraftRequest
from service.drafting.outline import Part
from service.drafting.shelf import DraftShelf
from service.editing.confirm import confirm, open_ledger
from service.intake.extraction import Reading, read
from service.intake.sources import gather
from service.ledgerbook.exporting import library_book
from service.ledgerbook.files import book_bytes
from service.ledgerbook.returning import Workbooks
from service.library import Library
from service.rows import Rows
from service.search_models import SearchModels
from service.settings import SettingsBook
from service.supervision.attachments import Attachments
from service.supervision.columns import ColumnKind, OwnColumn, OwnColumns
from service.supervision.report import Report
from service.supervision.steps import Steps
from service.user_tables.units import UnitBook
from service.user_tables.words import Use, WordBook
from tests.service.dispatch.test_dispatches import sheet_for
from tests.service.texts import NOTICE, PLAN

BY, EARLIER = "王明", "李华"
DUE = date(2026, 9, 30)
PASSWORD = "河道整治-2026"
PORT = OwnUnit("安澜市栖霞港务集团", ("港务集团",))
WORD = OwnWord("回头看", ("复查",))
WRITERS = (
    Store, Library, Rows, Steps, OwnColumns, Attachments, SavedFilterTable, Backups, Jobs, Accounts,
    SettingsBook, SearchModels, UnitBook, WordBook, DraftShelf, Dispatches, Workbooks,
)  # fmt: skip
ONLY_READ = {"Store.edits", "Rows.edits", "SavedFilterTable.all"}
"""Methods that take a name to narrow what they return."""
WITHOUT_VALUES = {"backup", "account.password"}
"""A copy changes nothing, and what a password was is not told."""
Act = Callable[[Library], object]


def reading_of(text: str, name: str) -> Reading:
    found = read(text.encode(), name)
    assert isinstance(found, Reading)
    return found


def notice() -> NewDocument:
    reading = reading_of(NOTICE, "通知.txt")
    return NewDocument("通知.txt", NOTICE.encode(), reading.document, reading.extraction)


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("一.txt", "二.txt"):
            archive.writestr(name, NOTICE)
    return target.getvalue()


def gone(library: Library) -> None:
    library.store.remove("d1", EARLIER)


def corrected(library: Library) -> str:
    return library.rows.correct("t1", {"label": "一"}, EARLIER).id


def applied(library: Library) -> None:
    library.steps.apply_closing("t1", "验收文件〔2026〕3号", EARLIER, DUE)


def closed(library: Library) -> None:
    applied(library)
    library.steps.review_closing("t1", True, "赵敏", DUE)


def account(library: Library) -> None:
    library.accounts.add("赵敏", Role.ADMINISTRATOR, PASSWORD, EARLIER)
    library.accounts.add("周舟", Role.STAFF, PASSWORD, EARLIER)


def attachment(library: Library) -> str:
    library.attachments.add("t1", "照片.txt", b"1", EARLIER)
    return str(library.task("t1").attachments[0]["id"])


def draft(library: Library) -> str:
    return library.drafts.make(DraftRequest("通知", plans=("d1",)), EARLIER).row.id


def removed_draft(library: Library) -> str:
    made = draft(library)
    library.drafts.remove(made, EARLIER)
    return made


def outline(library: Library) -> str:
    return library.drafts.save_outline("常用", "通知", [Part("一、目标", ())], EARLIER).id


def dispatch(library: Library) -> str:
    return library.dispatches.make("2026年11月", DUE, EARLIER).id


def returned(library: Library, by: str) -> int:
    sent = dispatch(library)
    sheet = sheet_for(library, sent).fill("清理河道垃圾", 进展情况="清运12处", 填报人="李华")
    (found,) = library.dispatches.read([("水利.xlsx", sheet.data())], sent)
    return library.dispatches.store(found, by)[0].id


def put_back(library: Library) -> object:
    data = book_bytes(library_book(library, TaskQuery(), "台账"), ".xlsx")
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    sheet.cell(4, heads.index("牵头单位") + 1, "市财政局")
    target = io.BytesIO()
    book.save(target)
    differences = library.workbooks.compare("台账.xlsx", target.getvalue())
    return library.workbooks.store(differences, BY)


def confirmed(library: Library) -> object:
    ledger = open_ledger(library, "d1")
    ledger.set_cell(ledger.rows[0].key, "lead", "市财政局")
    return confirm(library, ledger, "d1", BY)


def misread(library: Library) -> None:
    """Let the library hold a reading that today's rules would not give."""
    library.store.replace_reading("d1", *other_reading(), EARLIER)


def other_reading() -> tuple[Document, Extraction]:
    reading = reading_of(PLAN, "方案.txt")
    return reading.document, replace(reading.extraction, tasks=reading.extraction.tasks[:2])


def notice_file(library: Library) -> Path:
    assert library.place.folder is not None
    path = library.place.folder.parent / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def own_column(library: Library) -> None:
    library.columns.replace([OwnColumn("投资", ColumnKind.TEXT)], EARLIER)


def token(library: Library) -> int:
    library.accounts.add_token("周舟", "脚本", EARLIER)
    return library.accounts.tokens()[0].id


def unit(library: Library) -> None:
    library.units.put(PORT, EARLIER)


def word(library: Library) -> None:
    library.words.put(WORD, EARLIER)


def ended(library: Library) -> None:
    library.steps.end("t1", "并入其他工程", EARLIER)


def label(editor: Editor) -> None:
    editor.correct(editor.load(["t1"])[0], {"label": "九"})


def after(prepare: Callable[[Library], object], act: Act) -> Act:
    def both(library: Library) -> object:
        prepare(library)
        return act(library)

    return both


CHANGES: dict[str, Act] = {
    "Store.add": lambda it: it.store.add(
        "通知.txt", NOTICE.encode(), notice().document, notice().extraction, by=BY
    ),
    "Store.add_many": lambda it: it.store.add_many([notice()], BY),
    "Store.change": lambda it: it.store.change(
        lambda editor: editor.correct(editor.load(["t1"])[0], {"label": "九"}), BY, EditKind.CORRECT
    ),
    "Store.correct_task": lambda it: it.store.correct_task("t1", {"label": "九"}, by=BY),
    "Store.edit": lambda it: it.store.edit(RowEdits(corrected={"t1": {"label": "九"}}), BY),
    "Store.remove": lambda it: it.store.remove("d1", BY),
    "Store.replace_reading": lambda it: it.store.replace_reading("d1", *other_reading(), BY),
    "Store.restore": after(gone, lambda it: it.store.restore("d1", BY)),
    "Store.set_status": lambda it: it.store.set_status("t1", TaskStatus.DONE, by=BY),
    "Store.undo": lambda it: it.store.undo(corrected(it), BY),
    "Store.withdraw_corrections": after(
        corrected, lambda it: it.store.withdraw_corrections("t1", ["label"], by=BY)
    ),
    "Library.add": lambda it: it.add([notice_file(it)], by=BY),
    "Library.add_candidates": lambda it: it.add_candidates(gather([notice_file(it)]), by=BY),
    "Library.add_upload": lambda it: it.add_upload("通知.txt", NOTICE.encode(), BY),
    "Library.begin_adding": lambda it: it.begin_adding("通知.txt", NOTICE.encode(), BY).result(),
    "Library.add_uploads": lambda it: it.add_uploads("几份.zip", zipped(), BY),
    "Library.change_settings": lambda it: it.change_settings({"office_name": "安澜市政府督查室"}, BY),
    "Library.paste": lambda it: it.paste("重点任务\t牵头单位\n清淤\t市水利局", BY),
    "Library.reextract": after(misread, lambda it: it.reextract(["d1"], by=BY)),
    "Library.remove": lambda it: it.remove(["d1"], BY),
    "Library.restore": after(gone, lambda it: it.restore(["d1"], BY)),
    "Rows.add": lambda it: it.rows.add({"text": "清淤"}, BY),
    "Rows.confirm": lambda it: it.rows.confirm(["t1"], BY),
    "Rows.correct": lambda it: it.rows.correct("t1", {"label": "九"}, BY),
    "Rows.delete": lambda it: it.rows.delete(["t1"], BY),
    "Rows.edit": lambda it: it.rows.edit(RowEdits(statuses={"t1": TaskStatus.DONE}), BY),
    "Rows.merge": lambda it: it.rows.merge(["t1", "t2"], BY),
    "Rows.restore": after(lambda it: it.rows.delete(["t1"], EARLIER), lambda it: it.rows.restore(["t1"], BY)),
    "Rows.split": lambda it: it.rows.split("t1", ["清理河道垃圾。", "全面排查。"], BY),
    "Rows.undo": lambda it: it.rows.undo(corrected(it), BY),
    "Rows.withdraw": after(corrected, lambda it: it.rows.withdraw("t1", ["label"], BY)),
    "Steps.apply_closing": lambda it: it.steps.apply_closing("t1", "验收单", BY, DUE),
    "Steps.end": lambda it: it.steps.end("t1", "已并入其他工程", BY),
    "Steps.enter": lambda it: it.steps.enter("t1", {"origin": "会议"}, BY),
    "Steps.extend": lambda it: it.steps.extend("t1", date(2027, 1, 31), "汛期", "市长", BY),
    "Steps.hand_over": lambda it: it.steps.hand_over("t1", "市城市管理局", "职能调整", BY),
    "Steps.mark": lambda it: it.steps.mark("t1", ["重点"], BY),
    "Steps.own": after(own_column, lambda it: it.steps.own("t1", {"投资": "3"}, BY)),
    "Steps.recheck": after(closed, lambda it: it.steps.recheck("t1", True, "没有反弹", BY, DUE)),
    "Steps.reopen": after(
        lambda it: it.steps.end("t1", "并入", EARLIER), lambda it: it.steps.reopen("t1", "重新启动", BY)
    ),
    "Steps.report": lambda it: it.steps.report("t1", "完成招标", BY),
    "Steps.report_each": lambda it: it.steps.report_each({"t1": Report("完成招标")}, BY),
    "Steps.review_closing": after(applied, lambda it: it.steps.review_closing("t1", True, BY, DUE)),
    "Steps.set_status": lambda it: it.steps.set_status("t1", TaskStatus.DONE, BY),
    "OwnColumns.replace": lambda it: it.columns.replace([OwnColumn("投资", ColumnKind.TEXT)], BY),
    "Attachments.add": lambda it: it.attachments.add("t1", "照片.txt", b"1", BY),
    "Attachments.remove": lambda it: it.attachments.remove("t1", attachment(it), BY),
    "SavedFilterTable.save": lambda it: it.saved_filters.save(BY, "我的", {"unit": "市水利局"}),
    "SavedFilterTable.remove": after(
        lambda it: it.saved_filters.save(BY, "我的", {}), lambda it: it.saved_filters.remove(BY, "我的")
    ),
    "Backups.make": lambda it: it.backups.make(BY),
    "Jobs.add_archive": lambda it: it.jobs.add_archive("几份.zip", zipped(), BY),
    "Jobs.cancel": lambda it: it.jobs.cancel(it.jobs.reextract(None, EARLIER).id, BY),
    "Jobs.reextract": lambda it: it.jobs.reextract(["d1"], BY),
    "Jobs.renew_index": lambda it: it.jobs.renew_index(BY),
    "Accounts.add": lambda it: it.accounts.add("赵敏", Role.ADMINISTRATOR, PASSWORD, BY),
    "Accounts.add_token": after(account, lambda it: it.accounts.add_token("周舟", "脚本", BY)),
    "Accounts.remove": after(account, lambda it: it.accounts.remove("周舟", BY)),
    "Accounts.revoke_token": after(account, lambda it: it.accounts.revoke_token(token(it), BY)),
    "Accounts.set_locked": after(account, lambda it: it.accounts.set_locked("周舟", True, BY)),
    "Accounts.set_password": after(account, lambda it: it.accounts.set_password("周舟", PASSWORD + "x", BY)),
    "Accounts.set_role": after(account, lambda it: it.accounts.set_role("周舟", Role.READER, BY)),
    "SettingsBook.write": lambda it: it.settings.write({"due_soon_days": 9}, BY),
    "SearchModels.write": lambda it: it.search_models.write({"office_name": "督查室"}, BY),
    "UnitBook.drop": after(unit, lambda it: it.units.drop(PORT, BY)),
    "UnitBook.put": lambda it: it.units.put(PORT, BY),
    "UnitBook.put_named": lambda it: it.units.put_named(PORT, BY),
    "UnitBook.remove": after(
        lambda it: it.units.put(PORT, EARLIER), lambda it: it.units.remove(PORT.name, BY)
    ),
    "UnitBook.replace": lambda it: it.units.replace([PORT], BY),
    "UnitBook.take_in": lambda it: it.units.take_in("港务集团\t港务", BY),
    "UnitBook.undo": lambda it: it.units.undo(it.units.put(PORT, EARLIER), BY),
    "WordBook.decide": lambda it: it.words.decide("押金", "保证金", Use.REJECTED, BY),
    "WordBook.drop": after(word, lambda it: it.words.drop(WORD, BY)),
    "WordBook.put": lambda it: it.words.put(WORD, BY),
    "WordBook.remove": after(
        lambda it: it.words.put(WORD, EARLIER), lambda it: it.words.remove("回头看", BY)
    ),
    "WordBook.replace": lambda it: it.words.replace([WORD], BY),
    "WordBook.take_in": lambda it: it.words.take_in("押钱\t保证金", BY),
    "WordBook.undo": lambda it: it.words.undo(it.words.put(WORD, EARLIER), BY),
    "DraftShelf.bring_back": lambda it: it.drafts.bring_back(draft(it), 1, BY),
    "DraftShelf.change": lambda it: it.drafts.change(draft(it), 1, BY, fields={"title": "新的标题"}),
    "DraftShelf.keep": lambda it: it.drafts.keep(draft(it), BY),
    "DraftShelf.make": lambda it: it.drafts.make(DraftRequest("通知", plans=("d1",)), BY),
    "DraftShelf.remove": lambda it: it.drafts.remove(draft(it), BY),
    "DraftShelf.remove_outline": lambda it: it.drafts.remove_outline(outline(it), BY),
    "DraftShelf.restore": lambda it: it.drafts.restore(removed_draft(it), BY),
    "DraftShelf.save_outline": lambda it: it.drafts.save_outline("常用", "通知", [Part("一、目标", ())], BY),
    "DraftShelf.store": lambda it: it.drafts.store(it.drafts.open(draft(it)).draft, BY),
    "Dispatches.make": lambda it: it.dispatches.make("2026年11月", DUE, BY),
    "Dispatches.store": lambda it: returned(it, BY),
    "Dispatches.undo": lambda it: it.dispatches.undo(returned(it, EARLIER), BY),
    "Dispatches.withdraw": lambda it: it.dispatches.withdraw(dispatch(it), BY),
    "Workbooks.store": put_back,
    "confirm": confirmed,
}
"""Each method that takes who does it, done once; new ones fail until they stand here."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one plan, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    reading = reading_of(PLAN, "方案.txt")
    with Store.open(folder) as store:
        store.add("方案.txt", PLAN.encode(), reading.document, reading.extraction)
    return folder


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Iterator[Library]:
    with Library.open(shutil.copytree(prepared, tmp_path / "data"), workers=1) as opened:
        yield opened


def test_every_method_that_takes_a_name_is_tried() -> None:
    methods = {
        f"{writer.__name__}.{name}"
        for writer in WRITERS
        for name, method in inspect.getmembers(writer, lambda item: isinstance(item, FunctionType))
        if not name.startswith("_") and {"by", "owner"} & set(inspect.signature(method).parameters)
    }
    assert methods - ONLY_READ == set(CHANGES) - {"confirm"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_remembered_under_the_name_of_who_made_it(office: Library, name: str) -> None:
    CHANGES[name](office)
    newest = office.audit.page().items[0]
    assert newest.by == BY
    if newest.fact.action not in WITHOUT_VALUES:
        assert newest.fact.before is not None or newest.fact.after is not None
    said = told(newest, {})
    assert not re.search("[a-z]", said.what)
    assert "{" not in said.before + said.after
