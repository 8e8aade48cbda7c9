"""Lines that official documents always write on their own: 发文字号, dates, 主送机关, 附件, 版记."""

from __future__ import annotations

import re
from functools import cache

from ingest.wordlists import any_word

_BLANK = r"[ \t\u3000\xa0]*"
_HAN_YEAR = "[一二三四五六七八九〇○零Ｏ]{4}"
DATE = (
    rf"(?:(?:19|20|１９|２０)\d\d{_BLANK}年{_BLANK}\d{{1,2}}{_BLANK}月{_BLANK}\d{{1,2}}{_BLANK}日"
    rf"|{_HAN_YEAR}年[一二三四五六七八九十元]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
)
"""A full date in words of an official document."""

DOC_NUMBER = (
    rf"[\u4e00-\u9fffA-Za-z]{{2,20}}{_BLANK}[〔\[［（(【﹝]{_BLANK}(?:19|20|１９|２０)\d\d{_BLANK}[〕\]］）)】﹞]"
    rf"{_BLANK}第?{_BLANK}\d{{1,5}}{_BLANK}号"
)
"""发文字号 such as 云政办发〔2023〕12号."""

_DATE_LINE = re.compile(rf"[（(]?{DATE}[）)]?(?:印发)?")
_DOC_NUMBER_LINE = re.compile(rf"[（(]?{DOC_NUMBER}[）)]?(?:{_BLANK}签发人[:：].*)?|第\d{{1,4}}号")
_DISCLOSURE = re.compile(
    r"[（(]?(?:此件|本文件)[^。]{0,20}(?:公开|发布|发至|删减)[^。]{0,12}[）)]?|[（(]?本文有删减[）)]?"
    r"|[（(](?:联系单位|联系人|联系电话|信息公开)[^。]{0,80}[）)]"
)
_SEAL = re.compile(r"[（(][^（）()。]{0,30}代章[）)]")
_COPY_TO = re.compile(
    r"(?:主题词|抄送|抄报|分送|主送|印送|校对|共印)[:：].*|.{2,40}[\s\u3000]+.{6,16}日?印发"
)
_ANNEX = re.compile(
    rf"附{_BLANK}[件表录图]{_BLANK}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?(?:[-—－]\d{{1,2}})?{_BLANK}[:：]?"
)
_ANNEX_LIST = re.compile(rf"附{_BLANK}[件表]{_BLANK}[:：].+")
_SALUTATION = re.compile(r"(?:尊敬的|各位|同志们|朋友们|女士们|大家[早上下中午晚]{0,2}好).{0,40}[:：!！]")
_ADDRESSED = re.compile(r"[^。；！？]{2,400}[:：]")
_FIRST_NAME = re.compile(r"[，、,：:]")
_TELLS_MORE = re.compile(
    r"(?:如下|下列|以下|包括|通知|意见|要求|方案|措施|汇报|报告|附件|其中|一是)[^，、]{0,8}[:：]$"
)


def is_date_line(text: str) -> bool:
    """Tell whether a line holds a date only, in brackets or not."""
    return len(text) <= 30 and _DATE_LINE.fullmatch(text) is not None


def is_doc_number_line(text: str) -> bool:
    """Tell whether a line holds a 发文字号 only."""
    return len(text) <= 60 and _DOC_NUMBER_LINE.fullmatch(text) is not None


def is_disclosure_line(text: str) -> bool:
    """Tell whether a line is a note such as （此件公开发布）."""
    return len(text) <= 100 and _DISCLOSURE.fullmatch(text) is not None


def is_seal_note(text: str) -> bool:
    """Tell whether a line says whose seal stands for that of the body above: （市房产中心代章）."""
    return len(text) <= 40 and _SEAL.fullmatch(text) is not None


def is_record_line(text: str) -> bool:
    """Tell whether a line belongs to the closing record (版记): 抄送, … 印发."""
    return len(text) <= 400 and _COPY_TO.fullmatch(text) is not None


def is_annex_line(text: str) -> bool:
    """Tell whether a line announces an annex and holds nothing else: 附件, 附件2."""
    return len(text) <= 12 and _ANNEX.fullmatch(text) is not None


def is_annex_list(text: str) -> bool:
    """Tell whether a line begins the list of annexes: 附件：1.… and so on."""
    return _ANNEX_LIST.match(text) is not None


def is_salutation(text: str) -> bool:
    """Tell whether a line greets the listeners of a speech."""
    return len(text) <= 60 and _SALUTATION.fullmatch(text) is not None


def is_addressee_line(text: str) -> bool:
    """Tell whether a line names the bodies that a document is sent to (主送机关)."""
    if len(text) > 400 or not _ADDRESSED.fullmatch(text) or _TELLS_MORE.search(text):
        return False
    return begins_addressees(text)


def begins_addressees(text: str) -> bool:
    """Tell whether a line begins like the names of bodies that a document is sent to."""
    first = _FIRST_NAME.split(text, maxsplit=1)[0].rstrip("）)")
    return text.startswith(("各", "市直", "省直", "县直", "区直")) or ends_like_organ(first)


def is_own_line(text: str) -> bool:
    """Tell whether a line of an official document always stands alone."""
    return (
        is_date_line(text)
        or is_doc_number_line(text)
        or is_disclosure_line(text)
        or is_annex_line(text)
        or is_salutation(text)
    )


def begins_own_line(text: str) -> bool:
    """Tell whether a line begins like one that never continues the line above."""
    return bool(_field_start().match(text)) or is_annex_list(text) or is_record_line(text)


def field_name(text: str) -> str:
    """Return the name with which a line such as 责任单位：… begins, "" where it begins otherwise."""
    found = _field_start().match(text)
    return found["name"] if found else ""


def ends_like_organ(text: str) -> bool:
    """Tell whether a name ends like that of a body that issues documents."""
    return _organ_end().search(text) is not None


@cache
def _field_start() -> re.Pattern[str]:
    return re.compile(rf"[【\[]?(?P<name>{any_word('field_labels')})[】\]]?{_BLANK}[:：]")


@cache
def _organ_end() -> re.Pattern[str]:
    return re.compile(any_word("organs") + "$")
