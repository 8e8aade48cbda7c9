"""Questions made from rows: what they ask, and that they are answered."""

from pathlib import Path

from evaluation.answers.measure import judge
from evaluation.answers.of_rows import questions_of_rows
from service.library import Library

PLAN = """安澜市人民政府办公室关于印发《安澜市河道整治实施方案》的通知

一、清理垃圾
（一）清理河道垃圾。清理主要河道漂浮物，2025年6月底前完成。（牵头单位：市水利局）
（二）拆除违法建筑。拆除河道管理范围内的违法建筑，2025年6月底前完成。（牵头单位：市公安局；配合单位：市水利局）
（三）种植水生植物。在河湾种植水生植物。（牵头单位：市水利局）
（四）修建护岸步道。修建护岸步道十公里，2025年12月底前完成。（牵头单位：市体育局）
（五）开展巡河活动。每月组织巡河。（牵头单位：市教育局）
"""


def test_questions_are_made_of_plans_with_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    (tmp_path / "letter.txt").write_text("关于召开会议的函\n\n请派员参加。", "utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add([tmp_path / "plan.txt", tmp_path / "letter.txt"])
        asked = [question for seed in range(6) for question in questions_of_rows(library, 3, seed)]
        outcomes = [judge(question, library.ask(question.question).record()) for question in asked]
    assert {question.kind for question in asked} == {"by unit", "by month"}
    assert {question.files for question in asked} == {frozenset({"plan.txt"})}
    assert all("安澜市河道整治实施方案" in question.question for question in asked)
    assert [outcome.question.question for outcome in outcomes if not (outcome.right and outcome.cited)] == []
