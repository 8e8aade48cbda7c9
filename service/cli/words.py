"""Commands of the group `words`: everyday words that the search looks up in the words of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.accounts import user
from service.cli.given_files import table_text
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library
from service.cli.output import print_json, print_table

EverydayArgument = Annotated[str, typer.Argument(metavar="WORD", help="日常说法，如 押金。")]
OfficialArgument = Annotated[
    list[str], typer.Argument(metavar="OFFICIAL...", help="文件里的用词，可以写几个。")
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="每行一个说法，制表符后写文件用词。")]
ShortArgument = Annotated[str, typer.Argument(metavar="SHORT", help="简称，用 words mined 查看。")]
FullArgument = Annotated[str, typer.Argument(metavar="FULL", help="全称。")]
USES = {"used": "在用", "rejected": "停用", "kept": "采用"}


def list_words(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print the users' everyday words."""
    with opened_library(data) as library:
        words = library.words.all()
    if as_json:
        print_json(
            [
                {"everyday": word.everyday, "official": list(word.official), "rejected": word.rejected}
                for word in words
            ]
        )
    elif not words:
        print("还没有自定义说法；用 words add 添加。")
    else:
        rows = [(word.everyday, "、".join(word.official), "停用" if word.rejected else "") for word in words]
        print_table(("说法", "文件用词", "状态"), rows)


def add_word(
    everyday: EverydayArgument, official: OfficialArgument, data: DataOption = str(DEFAULT_DATA)
) -> None:
    """Add a word, or change the one of the same name."""
    from index.wording.own_words import OwnWord

    with opened_library(data) as library:
        library.words.put(OwnWord(everyday, tuple(official)), user())
    print(f"已保存：{everyday}→{'、'.join(official)}")


def remove_word(everyday: EverydayArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Take a word out of the table."""
    with opened_library(data) as library:
        library.words.remove(everyday, user())
    print(f"已删去：{everyday}")


def take_in_words(file: FileArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Add or change the words of a file."""
    with opened_library(data) as library:
        step = library.words.take_in(table_text(file), user())
    print(f"已读入，新增或改动 {len(step.after)} 个说法。")


def mined_words(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print what the library's own texts explain."""
    with opened_library(data) as library:
        records = [item.record() for item in library.words.mined()]
    if as_json:
        print_json(records)
    elif not records:
        print("文库里还没有写明简称或俗称的文件。")
    else:
        rows = [
            (item["short"], item["full"], item["documents"], item["example"], USES[item["use"]])
            for item in records
        ]
        print_table(("简称", "全称", "文件数", "出处", "状态"), rows)


def reject_pair(short: ShortArgument, full: FullArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Let a pair that the texts explain stand for each other no more."""
    _decide(short, full, "rejected", data)


def accept_pair(short: ShortArgument, full: FullArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Keep such a pair among the users' own words."""
    _decide(short, full, "kept", data)


def _decide(short: str, full: str, use: str, data: str) -> None:
    from service.user_tables.words import Use

    with opened_library(data) as library:
        library.words.decide(short, full, Use(use), user())
    print(f"已{USES[use]}：{short}→{full}")


COMMANDS = (
    ("list", list_words, "列出自定义说法。"),
    ("add", add_word, "添加说法：检索时也查文件里的用词；同名的改为新的。"),
    ("remove", remove_word, "删去一个说法。"),
    ("import", take_in_words, "从表格文件读入说法。"),
    ("mined", mined_words, "列出文库里的文件写明的简称、俗称和全称。"),
    ("reject", reject_pair, "停用一对文件写明的简称和全称。"),
    ("accept", accept_pair, "把这样一对收进自定义说法。"),
)
"""Name, function, and what `--help` says."""
