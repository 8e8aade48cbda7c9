"""设置—检索模型: which model makes the vectors, which orders the first hits, how far a change has come."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from nicegui import ui

from index.ranking.reranking import FIRST, SECONDS
from service.accounts import Role
from service.pages.person import write
from service.search_models import Standing, Trial, fixed_by_environment

if TYPE_CHECKING:
    from index.following.renewal import RenewalState
    from service.library import Library
    from service.settings import Settings

LOOK = 1.5
"""Seconds between two looks at how far the vectors have come."""
BUILT_IN, FOLDER, EXPORTED, SERVICE = "", "folder", "onnx", "address"
ENCODERS = {
    BUILT_IN: "随产品自带（推荐）",
    FOLDER: "本机的 sentence-transformers 模型",
    EXPORTED: "本机导出的 ONNX 模型",
    SERVICE: "单位内部的向量服务（兼容 OpenAI 接口）",
}
RERANKERS = {
    BUILT_IN: "不用",
    FOLDER: "本机的 sentence-transformers 重排模型",
    EXPORTED: "本机导出的 ONNX 重排模型",
    SERVICE: "单位内部的重排服务（rerank 接口）",
}
PLACES = {
    FOLDER: ("模型文件夹", "/opt/models/bge-small-zh-v1.5"),
    EXPORTED: ("模型文件夹（内有 model.onnx 和 tokenizer.json）", "/opt/models/bge-small-zh-onnx"),
    SERVICE: ("服务地址", "http://192.168.1.20:8080/v1"),
}
ONNX = "onnx:"
"""Begins what an exported model is called in settings."""


class ModelBox:
    """Where one model is chosen."""

    def __init__(self, kind: str, title: str, kinds: dict[str, str], settings: Settings) -> None:
        """Lay it out; `kind` is the name of the setting."""
        self.kind = kind
        name, has_key = getattr(settings, kind), bool(getattr(settings, f"{kind}_key"))
        of, place, model = parts_of(name)
        fixed = kind in fixed_by_environment()
        self.choice = ui.select(kinds, value=of, label=title)
        self.place = ui.input(value=place)
        self.model = ui.input("模型名称", value=model)
        self.key = ui.input("密钥", password=True)
        self.key.props(f'placeholder="{"已设置，不改就留空" if has_key else "没有可不填"}"')
        self.choice.on_value_change(self._show)
        self._show()
        if fixed:
            ui.label("已由启动服务时的环境变量指定，这里的设置不起作用。").classes("faint")

    def _show(self) -> None:
        of = self.choice.value
        self.place.set_visibility(of in PLACES)
        for box in (self.model, self.key):
            box.set_visibility(of == SERVICE)
        if of in PLACES:
            label, example = PLACES[of]
            self.place.props(f'label="{label}" placeholder="{example}"')

    def values(self) -> dict[str, Any]:
        """Return what is chosen, as settings."""
        of, place = self.choice.value, (self.place.value or "").strip()
        name = name_of(of, place, (self.model.value or "").strip())
        key = {f"{self.kind}_key": self.key.value} if of == SERVICE and self.key.value else {}
        return {self.kind: name, **key}

    @property
    def lacks_place(self) -> bool:
        """Tell whether a kind is chosen, but not where it is."""
        return self.choice.value in PLACES and not (self.place.value or "").strip()


def parts_of(name: str) -> tuple[str, str, str]:
    """Return the kind of a model, its folder or address, and its name there, by what settings call it."""
    if name.startswith(("http://", "https://")):
        address, _, model = name.partition("#")
        return SERVICE, address, model
    if name.startswith(ONNX):
        return EXPORTED, name.removeprefix(ONNX), ""
    return (FOLDER if name else BUILT_IN), name, ""


def name_of(kind: str, place: str, model: str) -> str:
    """Return what settings call a model, given as `parts_of` gives it."""
    if kind == SERVICE:
        return f"{place}#{model}" if model else place
    return {BUILT_IN: "", FOLDER: place, EXPORTED: f"{ONNX}{place}"}[kind]


def models_part(library: Library) -> None:
    """Lay out the choice of models."""
    settings = library.settings.read()
    with ui.column().classes("settings-form gap-3"):
        ui.label(
            "不改也能检索。换语义模型后，全部段落在后台重新计算，期间照常检索，用的还是原来的模型；"
            "重排模型读一遍检索到的前几十段，再排一次先后。用服务时，段落文字会发到所填的地址，请只填内网地址。"
        ).classes("faint")
        encoder = ModelBox("encoder", "语义模型", ENCODERS, settings)
        StandingLine(library)
        reranker = ModelBox("reranker", "重排模型", RERANKERS, settings)

        async def save() -> None:
            if encoder.lacks_place or reranker.lacks_place:
                ui.notify("请填写模型所在的文件夹或地址。", type="negative")
                return
            await _save(library, _changed(library, {**encoder.values(), **reranker.values()}))

        ui.button("试用并保存", on_click=save).props("dense").classes("self-start")


def _changed(library: Library, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that differ from those there are; a key counts as different."""
    now = library.settings.read()
    return {key: value for key, value in wanted.items() if key.endswith("_key") or value != getattr(now, key)}


async def _save(library: Library, values: dict[str, Any]) -> None:
    waiting = ui.notification("正在试用模型，大的模型要一两分钟…", spinner=True, timeout=None)
    trials = await write(
        library, lambda by: library.change_settings(values, by), Role.ADMINISTRATOR, "已保存。"
    )
    waiting.dismiss()
    for words in told(trials or {}):
        ui.notify(words, multi_line=True, timeout=10_000)


def told(trials: dict[str, Trial]) -> list[str]:
    """Return what is to be said of how fast models are."""
    words = []
    if "encoder" in trials:
        words.append(f"语义模型可用，每秒约计算 {_rounded(trials['encoder'].per_second)} 段。")
    if "reranker" in trials:
        per_second = trials["reranker"].per_second
        seconds = FIRST / per_second
        slow = f"，超过 {SECONDS:.0f} 秒时按原来的顺序显示：请换小一些的模型" if seconds > SECONDS else ""
        words.append(f"重排模型可用，每次检索约多用 {max(seconds, 0.1):.1f} 秒{slow}。")
    return words


class StandingLine:
    """Tells which model is in use and how far another one has come; goes back to the built-in one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        with ui.column().classes("gap-1 w-full").props("aria-live=polite") as self._area:
            self._words = ui.label("正在查看语义模型的状态…").classes("faint model-standing")
            self._bar = ui.linear_progress(show_value=False).props('instant-feedback aria-label="进度"')
            self._fault = ui.label().classes("text-negative")
            self._back = ui.button("停止，改用随产品自带的", on_click=self._return).props("flat dense")
        for part in (self._bar, self._fault, self._back):
            part.set_visibility(False)
        ui.timer(LOOK, self._look)

    async def _look(self) -> None:
        self.show(await asyncio.to_thread(self._library.search_standing))

    def show(self, standing: Standing) -> None:
        """Show where the vectors stand."""
        changing = standing.in_use != standing.wanted
        self._words.set_text(standing_words(standing))
        renewal = standing.renewal if changing else None
        self._bar.set_visibility(renewal is not None)
        if renewal is not None:
            self._bar.set_value(renewal.done / max(1, renewal.total))
        self._fault.set_text(standing.fault)
        self._fault.set_visibility(bool(standing.fault))
        self._back.set_visibility(changing and bool(self._library.settings.read().encoder))

    async def _return(self) -> None:
        await write(
            self._library,
            lambda by: self._library.change_settings({"encoder": None, "encoder_key": None}, by),
            Role.ADMINISTRATOR,
            "已改用随产品自带的语义模型。",
        )
        ui.navigate.to("/settings?part=models")


def standing_words(standing: Standing) -> str:
    """Return in one line which model is in use and how far another one has come."""
    in_use = (
        f"现在使用：{shown(standing.in_use)}。" if standing.in_use else "还没有可用的语义模型，检索只按词语。"
    )
    if standing.in_use == standing.wanted:
        return in_use
    renewal = standing.renewal
    if renewal is None or renewal.encoder != standing.wanted:
        return f"{in_use}正在准备换成：{shown(standing.wanted)}。"
    return f"{in_use}正在换成：{shown(standing.wanted)}，{_progress(renewal)}。"


def shown(name: str) -> str:
    """Return an encoder's full name in words for the user."""
    if name.startswith("static-"):
        return "随产品自带"
    return name.removeprefix("model:").removeprefix(ONNX)


def _progress(renewal: RenewalState) -> str:
    share = f"已完成 {renewal.done / max(1, renewal.total):.0%}"
    left = renewal.seconds_left
    return share if left is None else f"{share}，约还要 {_time(left)}"


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "不到 1 分钟"
    return f"{minutes} 分钟" if minutes < 120 else f"{minutes / 60:.0f} 小时"


def _rounded(value: float) -> str:
    """Return a rate with two figures; it was measured on a few passages."""
    if value < 10:
        return f"{value:.1f}"
    return f"{round(value, 2 - len(str(int(value)))):,.0f}"
