"""Joining lines that a layout broke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning.pieces import width
from tests.ingest.build import canonical, cleaned


def wrapped(*paragraphs: str, measure: int = 30, indent: str = "") -> str:
    """Return paragraphs as a printer breaks them, with `indent` before each first line."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = indent
        for letter in paragraph:
            if width(line + letter) > measure and letter not in "，。、；：）”》":
                lines.append(line)
                line = ""
            line += letter
        lines.append(line)
    return "\n".join(lines)


LONG = (
    "各县（市、区）人民政府要按照属地管理的要求，对辖区内的河道、水库和堤防开展拉网式排查，逐项建立问题台账，"
    "明确整改措施、责任单位和完成时限，确保在2024年6月底前完成阶段性任务。"
)
OTHER = (
    "市水利局会同市财政局、市自然资源局等部门制定《安澜市河道管理保护三年行动方案》，细化年度任务，加强资金保障，"
    "对工作推进不力的单位予以通报，并纳入年度考核。"
)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("一、总体要求", LONG, "二、重点任务", OTHER),
        ("（一）加强排查整治。" + LONG, "（二）加强工作保障。" + OTHER),
        (
            "1.加强排查。" + LONG + "（牵头单位：市水利局；责任单位：各县〔市、区〕人民政府）",
            "2.强化保障。" + OTHER,
        ),
        (
            "1．加强排查。" + LONG,
            "牵头单位：市水利局。责任单位：各县（市、区）人民政府。完成时限：2024年12月。",
            "2．强化保障。" + OTHER,
        ),
        (
            "各县（市、区）人民政府，市直有关部门：",
            LONG,
            "安澜市人民政府办公室",
            "2024年3月5日",
            "（此件公开发布）",
            OTHER,
        ),
        (
            "1.提高住房贷款额度。" + LONG,
            "政策依据：安澜市住房公积金管理中心《关于进一步调整住房贷款政策有关事项的通知》（安公积金发〔2024〕38号）",
            "咨询电话：市住房公积金管理中心",
            "2.优化贷款办理流程。" + OTHER,
        ),
        ("附件：1.重点任务清单", "2.责任分工表", "一、总体要求", LONG, OTHER.replace("市水利局", "县水利局")),
    ],
)
def test_hard_wrapped_paragraphs_are_whole_again(paragraphs: tuple[str, ...]) -> None:
    filler = ("三、其他要求", "（三）做好信息报送。" + LONG + OTHER, "（四）做好总结评估。" + OTHER + LONG)
    assert canonical(wrapped(*paragraphs, *filler)) == [*paragraphs, *filler]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("各单位要在2024", "年6月底前完成整改任务。"),
        ("各单位要在2024年", "6月底前完成整改任务。"),
        ("落实《安澜市河道管理", "办法》的各项要求。"),
        ("（牵头单位：市水利局", "；责任单位：市财政局）"),
        ("市水利局、市财政局、市自然资源局、市交通运输局、", "市农业农村局要密切配合。"),
        ("各县区要加强河道巡查，发现问题及时处置，", "确保行洪安全。"),
        ("各县区要加强河道巡查", "。"),
    ],
)
def test_what_cannot_end_or_begin_a_line_is_joined_everywhere(first: str, second: str) -> None:
    assert canonical(f"{first}\n{second}") == [first + second]


@pytest.mark.parametrize(
    "lines",
    [
        ("一、总体要求", "坚持问题导向，系统治理。"),
        ("各县区要落实责任，", "（二）加强督导。各部门要密切配合。"),
        ("安澜市人民政府", "2024年3月5日"),
        ("牵头单位：市水利局", "责任单位：各县区人民政府"),
        ("云政办发〔2024〕3号", "各县区人民政府："),
        ("同志们，", "今天召开这次会议，主要是安排防汛工作。"),
        ("县水利局", "县财政局", "县教育局"),
    ],
)
def test_lines_of_their_own_stay_apart(lines: tuple[str, ...]) -> None:
    assert canonical("\n".join(lines)) == list(lines)


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\n\n\n"])
def test_a_remark_on_a_sentence_is_closed_after_blank_lines(blank: str) -> None:
    broken = f"安置以购买商品住房为主。（责任单位：市住房和城乡建设局，各乡镇，东{blank}北新城管委会）"
    assert canonical(f"{broken}\n\n四、规范秩序。{OTHER}")[0] == broken.replace(blank, "")


def test_pieces_of_one_printed_line_are_joined() -> None:
    """Some pdf texts break a justified line at its squeezed punctuation."""
    numbered = [
        f"{number}.{words}" for number, words in enumerate([LONG, OTHER, LONG + OTHER, OTHER], start=1)
    ]
    printed = wrapped(*numbered, measure=32, indent="　　")
    broken = printed.replace("。", "。\n").replace("、", "、\n").replace("\n\n", "\n")
    assert canonical(broken) == numbered


def test_a_title_over_several_lines_is_one() -> None:
    lines = ("安澜市人民政府办公室关于印发《安澜市河道管理", "保护实施方案》的通知", "安政办发〔2024〕3号")
    assert canonical("\n".join(lines)) == [lines[0] + lines[1], lines[2]]


def test_addressees_over_several_lines_are_one() -> None:
    body = wrapped(LONG, OTHER, LONG)
    lines = "各县（市、区）人民政府，安澜经济技术开发区、栖霞港区\n管委会，市直各有关部门：\n" + body
    assert (
        canonical(lines)[0] == "各县（市、区）人民政府，安澜经济技术开发区、栖霞港区管委会，市直各有关部门："
    )


def test_a_latin_word_keeps_its_space_over_a_line_end() -> None:
    assert canonical("推广应用“Open\nWater”平台。") == ["推广应用“Open Water”平台。"]


def test_an_unclosed_bracket_does_not_swallow_the_document() -> None:
    lines = [
        "1.开展排查。（责任单位：市水利局",
        "2.开展整治。各县区要落实责任。",
        "3.开展评估。各县区要落实责任。",
    ]
    assert canonical("\n".join(lines)) == lines


def test_a_bracket_that_the_next_lines_open_themselves_closes_none_before() -> None:
    lines = [
        "开展清淤疏浚。（市水利局牵头，各县区配合",
        "（二）加强巡查，发现问题立即处置。",
        "安政办〔2024〕3号印发。",
    ]
    assert canonical("\n".join(lines)) == lines


def test_a_million_opening_brackets_on_one_line_are_read() -> None:
    assert len(cleaned("（责任单位：" * 150_000).text) == 900_001


def test_paragraphs_of_a_line_that_lost_its_line_ends() -> None:
    assert canonical("第一句话结束了。　　第二段从这里开始。") == ["第一句话结束了。", "第二段从这里开始。"]


def test_control_characters_are_dropped() -> None:
    assert canonical("县水利局\x00负责\ud800巡查。") == ["县水利局负责巡查。"]


SENTENCES = st.lists(
    st.sampled_from(
        [
            "各县区要落实责任",
            "加强河道巡查",
            "及时处置隐患",
            "市水利局牵头抓总",
            "确保2024年底前完成",
            "做好（应急）值守",
        ]
    ),
    min_size=6,
    max_size=14,
).map(lambda clauses: "，".join(clauses) + "。")


@given(st.lists(SENTENCES, min_size=4, max_size=8), st.integers(min_value=24, max_value=45))
def test_indented_paragraphs_survive_any_measure(paragraphs: list[str], measure: int) -> None:
    assert canonical(wrapped(*paragraphs, measure=measure, indent="　　")) == paragraphs


@given(st.lists(SENTENCES, min_size=4, max_size=8), st.integers(min_value=24, max_value=45))
def test_numbered_paragraphs_survive_any_measure(paragraphs: list[str], measure: int) -> None:
    numbered = [f"{number}.{words}" for number, words in enumerate(paragraphs, start=1)]
    assert canonical(wrapped(*numbered, measure=measure)) == numbered


@given(st.text(alphabet="一二（）〔〕“”《》，。、：；1234年月日 \u3000\nab各县责任单位—第页", max_size=400))
def test_only_white_space_and_furniture_change(text: str) -> None:
    kept = iter("".join(text.split()))
    assert all(letter in kept for letter in "".join(cleaned(text).text.split()))


@given(st.text(alphabet="一二三、（）《》，。：；12年月日 \n各县责任单位局的通知", max_size=300))
def test_a_clean_text_is_clean_already(text: str) -> None:
    once = [line for line in canonical(text)]
    twice = canonical("\n".join(once))
    assert "".join(twice) == "".join(once)


@given(st.text(max_size=200))
def test_any_text_is_tiled_by_its_lines_and_has_origins(text: str) -> None:
    made = cleaned(text)
    assert "".join(line.span.of(made.text) + "\n" for line in made.lines) == made.text
    assert [origin.start for origin in made.origins] == sorted(origin.start for origin in made.origins)
    assert len(made.origins) >= len(made.lines)
