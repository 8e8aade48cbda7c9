"""The facts of a document's head."""

import datetime

import pytest

from ingest.header import header_facts
from ingest.headfacts.dates import parse_date
from ingest.outline import outline
from tests.ingest.build import cleaned, header

SENTENCE = "各县区要按照职责分工，对辖区内的河道和水库开展排查整治，逐项建立问题台账。"

NOTICE = f"""安澜市人民政府办公室文件
特急
安政办发〔2024〕17号
安澜市人民政府办公室关于印发《安澜市校园安全整治行动实施方案》的通知
各县（市、区）人民政府，市直有关部门：
《安澜市校园安全整治行动实施方案》已经市政府同意，现印发给你们，请认真抓好落实。
安澜市人民政府办公室
2024年4月22日
安澜市校园安全整治行动实施方案
一、工作目标
{SENTENCE}
抄送：市委办公室。
安澜市人民政府办公室　　　　2024年4月23日印发"""


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("title", "安澜市人民政府办公室关于印发《安澜市校园安全整治行动实施方案》的通知"),
        ("doc_type", "实施方案"),
        ("genre", "通知"),
        ("issuer", "安澜市人民政府办公室"),
        ("doc_number", "安政办发〔2024〕17号"),
        ("date", datetime.date(2024, 4, 22)),
        ("region", "安澜市"),
        ("level", "市"),
        ("urgency", "特急"),
        ("secrecy", None),
    ],
)
def test_a_notice(fact: str, value: object) -> None:
    assert getattr(header(NOTICE), fact) == value


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            "5. 安澜市人民政府关于印发安澜市管理办法的通知（2024年3月5日）",
            "安澜市人民政府关于印发安澜市管理办法的通知",
        ),
        ("安澜市人民政府办公室\n关于加强河道管理的\n通知", "安澜市人民政府办公室关于加强河道管理的通知"),
        (
            "望川县水利局\n望川县财政局\n关于做好灌溉用水的通知",
            "望川县水利局望川县财政局关于做好灌溉用水的通知",
        ),
        ("安澜市河道管理办法\n安澜市河道管理办法", "安澜市河道管理办法"),
        ("安澜市河道管理办法\n（试行）", "安澜市河道管理办法"),
        ("守护清水河 建设新安澜", "守护清水河 建设新安澜"),
        ("中华人民共和国国务院令\n第706号\n现予公布。\n总理　某某\n2018年11月6日\n水利条例", "水利条例"),
        (SENTENCE, None),
    ],
)
def test_title(lines: str, title: str | None) -> None:
    assert header(f"{lines}\n{SENTENCE}").title == title


@pytest.mark.parametrize(
    ("title", "doc_type"),
    [
        ("安澜市河道整治工作方案", "实施方案"),
        ("安澜市河道整治三年行动方案（2024—2026年）", "行动计划"),
        ("安澜市养老服务三年行动", "行动计划"),
        ("安澜市校园安全专项整治行动实施方案", "实施方案"),
        ("安澜市督察反馈问题整改方案", "整改方案"),
        ("望川县审计查出问题整改台账", "整改方案"),
        ("安澜市2024年优化营商环境工作要点", "工作要点"),
        ("安澜市2024年重点任务清单", "任务分工"),
        ("安澜市安全生产重点任务分工表", "任务分工"),
        ("安澜市人民政府关于印发贯彻落实《促进就业条例》若干措施的通知", "通知"),
        ("安澜市人民政府关于印发2024年实施方案和实施清单的通知", "实施方案"),
        ("关于促进经济运行的若干政策举措", "通知"),
        ("安澜市人民政府关于印发促进消费若干措施的通知", "通知"),
        ("安澜市人民政府关于加强耕地保护的实施意见", "意见"),
        ("安澜市停车管理办法（试行）", "办法"),
        ("安澜市停车管理办法实施细则", "细则"),
        ("安澜市“十四五”水利发展规划", "规划"),
        ("2024年安澜市政府工作报告", "政府工作报告"),
        ("望川县河湖长制工作情况汇报", "工作汇报"),
        ("望川县2023年水利工作总结", "工作总结"),
        ("在全县防汛工作会议上的讲话", "讲话"),
        ("在全县防汛工作会议上的讲话全文", "讲话"),
        ("安澜市防汛抗旱应急预案", "预案"),
        ("关于对安澜市水利局的批复", "批复"),
    ],
)
def test_doc_type_by_title(title: str, doc_type: str) -> None:
    assert header(f"{title}\n{SENTENCE}").doc_type == doc_type


@pytest.mark.parametrize(
    ("opening", "doc_type"),
    [
        ("为促进消费，结合我市实际，现制定有关措施。具体如下：", "通知"),
        ("自督察开展以来，我县高度重视，整改取得阶段性成效。现将有关情况汇报如下：", "工作汇报"),
        ("为加强河道管理，结合我县实际，制定本方案。", "实施方案"),
        ("现就做好灌溉用水有关事项通知如下：", "通知"),
        (SENTENCE, "其他"),
    ],
)
def test_doc_type_by_own_words(opening: str, doc_type: str | None) -> None:
    assert header(f"{opening}\n一、总体情况\n{SENTENCE}").doc_type == doc_type


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("安澜市人民政府关于印发安澜市行动方案的通知", "通知"),
        ("安澜市人民政府关于加强管理的意见", "意见"),
        ("安澜市河道管理条例（草案）", "条例"),
        ("安澜市河道整治实施方案", None),
    ],
)
def test_genre(title: str, genre: str | None) -> None:
    assert header(f"{title}\n{SENTENCE}").genre == genre


@pytest.mark.parametrize(
    ("above", "below", "issuer"),
    [
        ("安澜市水利局等5部门关于加强河道管理的通知", "", "安澜市水利局等5部门"),
        ("安澜市人民政府印发关于促进消费若干措施的通知", "", "安澜市人民政府"),
        ("望川县整改方案", "望川县整改工作领导小组\n2024年3月18日", "望川县整改工作领导小组"),
        (
            "中共安澜市委安澜市人民政府关于防汛的通知",
            "中共安澜市委\n安澜市人民政府\n2024年3月18日",
            "中共安澜市委 安澜市人民政府",
        ),
        ("安澜市农村工作领导小组文件\n安农发〔2024〕3号\n安澜市工作要点", "", "安澜市农村工作领导小组"),
        ("安澜市任务分工表\n（安澜市安委会办公室　2024年2月28日）", "", "安澜市安委会办公室"),
        ("澜山区防汛工作汇报\n澜山区防汛指挥部\n（2024年9月10日）", "", "澜山区防汛指挥部"),
        ("安澜市实施方案", "", None),
    ],
)
def test_issuer(above: str, below: str, issuer: str | None) -> None:
    assert header(f"{above}\n{SENTENCE}\n{below}".strip()).issuer == issuer


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"安澜市方案\n{SENTENCE}\n安澜市水利局\n二〇二四年三月二日", datetime.date(2024, 3, 2)),
        (f"安澜市汇报\n（2024年9月10日）\n{SENTENCE}", datetime.date(2024, 9, 10)),
        (f"安澜市管理办法（2024年3月5日）\n{SENTENCE}", datetime.date(2024, 3, 5)),
        (f"安澜市方案\n{SENTENCE}要在2024年3月5日前完成。", None),
        (
            f"政府工作报告\n——2024年1月20日在安澜市第五届人民代表大会第三次会议上\n{SENTENCE}",
            datetime.date(2024, 1, 20),
        ),
    ],
)
def test_date(text: str, date: datetime.date | None) -> None:
    assert header(text).date == date


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024 年3 月9 日", datetime.date(2024, 3, 9)),
        ("二○二四年十二月三十一日", datetime.date(2024, 12, 31)),
        ("二〇二四年元月一日", datetime.date(2024, 1, 1)),
        ("2023年2月30日", None),
        ("三月五日", None),
    ],
)
def test_parse_date(words: str, day: datetime.date | None) -> None:
    assert parse_date(words) == day


@pytest.mark.parametrize(
    ("text", "region", "level"),
    [
        (f"甘孜州优化营商环境工作要点\n{SENTENCE}", "甘孜州", "市"),
        (f"上海市促进发展行动方案\n{SENTENCE}", "上海市", "省"),
        (f"上海市长宁区行动方案\n{SENTENCE}", "长宁区", "县"),
        ("义乌市工作方案\n各镇街要加强河道巡查，确保行洪安全。", "义乌市", "县"),
        (f"临江市任务分工表\n各县（市、区）人民政府要落实责任。{SENTENCE}", "临江市", "市"),
        (f"云岭市2024年工作要点\n{SENTENCE}", "云岭市", "市"),
        (f"栖霞镇人民政府关于防汛的通知\n{SENTENCE}", "栖霞镇", "乡"),
        (f"国务院办公厅关于加强监管的指导意见\n{SENTENCE}", None, "国家"),
        (f"国家税务总局黑龙江省税务局关于办税的通知\n{SENTENCE}", "黑龙江省", "省"),
        (f"工作汇报\n我县印发了《镇安县工作要点》，我县高度重视。{SENTENCE}", "镇安县", "县"),
        (f"工作汇报\n20xx年，我县印发了《xx县工作方案》。{SENTENCE}", "xx县", "县"),
        (f"关于推进城市更新的通知\n{SENTENCE}", None, None),
    ],
)
def test_region_and_level(text: str, region: str | None, level: str | None) -> None:
    found = header(text)
    assert (found.region, found.level) == (region, level)


ARTICLE = (
    f"守护清水河的安澜实践\n2024-03-05 10:20\n来源：市政府研究室\n{SENTENCE}\n对治水工作的建议\n{SENTENCE}"
)


def test_an_article_is_signed_by_its_source() -> None:
    made = cleaned(ARTICLE)
    facts = header_facts(made.text, outline(made.text, made.lines), made.clues)
    assert (facts.doc_type, facts.issuer, facts.date) == (
        "调研文章",
        "市政府研究室",
        datetime.date(2024, 3, 5),
    )


def test_the_source_of_a_page_is_not_the_issuer_of_a_plan() -> None:
    made = cleaned(ARTICLE.replace("守护清水河的安澜实践", "安澜市督察反馈问题整改方案"))
    facts = header_facts(made.text, outline(made.text, made.lines), made.clues)
    assert (facts.doc_type, facts.issuer) == ("整改方案", None)


def test_signature_tells_in_full_what_the_title_shortens() -> None:
    text = f"""望川县住建局关于印发《望川县燃气安全排查方案》的通知
各乡镇人民政府：
{SENTENCE}
望川县住房和城乡建设局
2024年5月6日"""
    assert header(text).issuer == "望川县住房和城乡建设局"


def test_notice_that_only_a_link_below_the_text_names() -> None:
    text = f"""安澜市促进消费若干措施
{SENTENCE}
一、促进汽车消费
{SENTENCE}
PDF：安澜市人民政府办公室关于印发《安澜市促进消费若干措施》的通知.pdf"""
    found = header(text)
    assert found.title == "安澜市人民政府办公室关于印发《安澜市促进消费若干措施》的通知"
    assert (found.issuer, found.doc_type, found.genre) == ("安澜市人民政府办公室", "通知", "通知")


def test_number_in_a_collection_on_a_line_of_its_own() -> None:
    text = f"""21.
安澜市河长制办公室关于印发安澜市幸福河湖建设方案的通知（2023 年5 月30 日）
各区人民政府：
{SENTENCE}"""
    found = header(text)
    assert found.title == "安澜市河长制办公室关于印发安澜市幸福河湖建设方案的通知"
    assert (found.issuer, found.date) == ("安澜市河长制办公室", datetime.date(2023, 5, 30))


def test_line_that_announces_the_text_is_no_title() -> None:
    text = f"""各县区人民政府：
{SENTENCE}
安澜市人民政府办公室
2024年5月6日
全文如下
安澜市房屋安全管理
若干措施（试行）
{SENTENCE}"""
    assert header(text).title == "安澜市房屋安全管理若干措施（试行）"


def test_text_without_a_head_is_of_another_kind() -> None:
    assert header(f"1.支持就业。{SENTENCE}\n责任单位：市人社局").doc_type == "其他"


def test_municipality_calls_itself_a_city() -> None:
    text = f"我市推进消费。重庆市税务局、重庆市商务委负责。{SENTENCE}"
    found = header(text)
    assert (found.region, found.level) == ("重庆市", "省")


def test_seal_of_another_body_stands_between_joint_issuers() -> None:
    text = f"""各有关单位：
{SENTENCE}
安澜市住房和城乡建设局
（安澜市房产中心代章）
安澜市财政局
2023年9月1日"""
    assert header(text).issuer == "安澜市住房和城乡建设局 安澜市财政局"


def test_caption_of_a_photo_above_the_title() -> None:
    text = f"""会议现场。本报记者 张三 摄
政府工作报告
（2026年1月27日在云岭省第十四届人民代表大会第四次会议上）
省长 李四
各位代表：
{SENTENCE}"""
    found = header(text)
    assert (found.title, found.doc_type) == ("政府工作报告", "政府工作报告")
