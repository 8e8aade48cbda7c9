"""Telephones, addresses and labelled words of a sentence."""

from __future__ import annotations

import pytest

from tests.service.ask.pieces.test_values import best


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("咨询电话是多少？", "政策咨询电话：0351-8207812。", "0351-8207812"),
        ("座机是多少？", "联系人：李四，联系电话：8207812（13912345678）。", "8207812"),
        ("打哪个电话？", "居家人员如有需求可致电0351-8207812县指挥部。", "0351-8207812"),
        ("热线是多少？", "群众可拨打12345热线反映。", "12345"),
        ("电话是多少？", "补助资金18207812元，涉及12345户。", None),
        ("邮箱是什么？", "请发送至anlan@anlan.cn，逾期不受理。", "anlan@anlan.cn"),
    ],
)
def test_contacts(question: str, sentence: str, answer: str | None) -> None:
    assert best(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        (
            "材料寄到什么地址？",
            "邮寄地址：安澜市云岭路5号楼318室（市商务局对外处），联系人：李四",
            "安澜市云岭路5号楼318室",
        ),
        (
            "资料交到哪里？",
            "资料提交地点：安澜市民服务大厅（二楼9号窗口），逾期不受理。",
            "安澜市民服务大厅（二楼9号窗口）",
        ),
        ("人才驿站建在哪里？", "鼓励各县在安澜科学城建立“人才驿站”，发挥集聚效应。", "安澜科学城"),
        ("村委会设在哪里？", "合并后设立双塘村，村委会驻址设原柏塘村。", "原柏塘村"),
        ("培训在哪里举行？", "在有效期内举行培训。", None),
    ],
)
def test_whereabouts(question: str, sentence: str, answer: str | None) -> None:
    assert best(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("物资组的联系科室是哪个？", "联系科室：节能与安全科 联系人：李四", "节能与安全科"),
        ("物资组的联系人是谁？", "联系科室：节能与安全科 联系人：李四", "李四"),
        ("开户银行是什么？", "开户银行：安澜银行云岭支行，账号：6222", "安澜银行云岭支行"),
    ],
)
def test_what_stands_behind_a_label(question: str, sentence: str, answer: str) -> None:
    assert best(question, sentence) == answer
