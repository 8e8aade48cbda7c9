"""Which names in running text are those of units: stricter than in a list that a label announces."""

from __future__ import annotations

import re

from corpus.registry.tables import any_of, column
from corpus.registry.units import canonical_unit, ends_like_unit, is_group

_WORDS = "ingest.extract.words"
TOO_GENERAL = frozenset(column(_WORDS, "no_names.tsv", "word", kind="whole"))
_BEGINS_WITH_VERB = re.compile(
    rf"(?!将乐|应县|应城|于都|于洪|于田|从江|从化|向阳|对口|对台|应用|在线|组织部|统筹办|推进办|落实办|执行局|重点(?!在)|为民|联合国|以工|以县|要素|应急|共同富裕|对外|年度|通过|协同办|协同创新)"
    rf"{any_of(column(_WORDS, 'predicates.tsv', 'word'))}"
    rf"|{any_of(column(_WORDS, 'no_names.tsv', 'word', kind='verb'))}"
    r"|(?:报(?!社|业)|有(?!关)|按(?!揭)|给予?)"
)
_NO_NAME = re.compile(
    r"(?<=[局委办厅部府会院位门])(?:要(?![素闻点])|将(?!军))|都[要应须]|(?<=.)按照|是|了|负责|第一责任|[，。；：:]|[我本全][省市县区州国]|及时|不得|应当|应(?!急|用|届|对气)|的|[0-9０-９]|处于|成立|资金|租金|保证金"
    r"|(?:可|在|应)$|(?<=[位业司构府])向|(?<!所)在(?![线建编职校])|可[将结在以]"
)
_NO_TAIL = re.compile(rf"(?:{any_of(column(_WORDS, 'no_names.tsv', 'word', kind='tail'))}|(?<!试点)城市)$")
_RUNNING_TAIL = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|部|署|院|中心|政府|党工委|管委会|公司|集团|[银支分]行|[证保]监会|中支|海关|支队|大队|总队|救援队|[工商残妇侨文]联"
    r"|科协|团|领导小组|工作组|专班|指挥部|联席会议|街道|办事处|管理处|分局|监管组|学校|大学|学院|中学|小学|机关|督查室|政研室|供销社|协会|商会|工会"
    r"|联合会|安委会|常委会|人大|政协|站|所|台|部门|单位|机构|企业|[省市县区州盟旗乡镇街村]|社区|地|地区|省份|方|园区|新区|[县市区省]上|门)$"
)
_LEVEL_HEAD = re.compile(
    r"[省市县区州盟旗镇乡](?!场|政|容|民|域|别)|国家|中央|自治[区州县]|国务院|全国|中国|人民银行|国网|人行"
)
_PLACE_HEAD = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州|盟|旗|开发区|高新区|新区|示范区)")
_BODY = re.compile(
    r"总局|总署|领导小组|指挥部|专班|联席会议|办公室|督查|委员会|牵头单位|责任单位|成员单位|牵头部门|责任部门|配合单位"
)
_SHORT = 7
_LONGEST = 40
_BRACKETS = re.compile(r"[（(〔［\[【〈][^（(〔［\[【〈）)〕］\]】〉]*[）)〕］\]】〉]")


def all_real_units(names: list[str]) -> bool:
    """Tell whether names in running text, at least one, are those of units, no general nouns such as 政府.

    After a group such as 各牵头部门 a general noun (责任部门) shares its 各.
    """
    grouped = bool(names) and names[0].startswith("各")
    return bool(names) and all(_is_real_unit(name, grouped) for name in names)


def looks_like_name(name: str) -> bool:
    """Tell whether a member of a list may be a name: it begins with no verb and holds no sentence words."""
    return _BEGINS_WITH_VERB.match(name) is None and _NO_NAME.search(name) is None


def begins_with_verb(name: str) -> bool:
    """Tell whether a member of a list begins like a clause: 结合业务, 制定机制."""
    return _BEGINS_WITH_VERB.match(name) is not None


def _is_real_unit(name: str, grouped: bool) -> bool:
    """Tell whether a name is that of a unit."""
    bare = _BRACKETS.sub("", name).strip("“”‘’ ")
    if (
        bare in TOO_GENERAL
        or not 2 <= len(bare) <= _LONGEST
        or _BEGINS_WITH_VERB.match(bare)
        or _NO_NAME.search(bare)
    ):
        return False
    if not _RUNNING_TAIL.search(bare):
        return False
    if _NO_TAIL.search(bare) and not grouped and not bare.startswith("各"):
        return False
    if grouped and ends_like_unit(f"各{name}"):
        return True
    if is_group(name):
        return ends_like_unit(name)
    return ends_like_unit(name) and _is_placed(bare)


def _is_placed(bare: str) -> bool:
    """Tell whether a single unit's name begins with a level or place, is known, is short, or names a body."""
    if _LEVEL_HEAD.match(bare) or len(bare) <= _SHORT or canonical_unit(bare) is not None:
        return True
    return _PLACE_HEAD.match(bare) is not None or _BODY.search(bare) is not None
