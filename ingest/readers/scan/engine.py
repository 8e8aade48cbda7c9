"""The recogniser: where words stand in a picture, and what they are. Works without a network."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows × columns × 3 colours (blue, green, red)."""
Quad = NDArray[np.float32]
"""Four corners of a line of words as (x, y) in pixels: upper left, upper right, lower right, lower left."""

_THREADS = 2
"""Of one recogniser; office PCs have few cores, and another file is read at the same time."""
_DETECT_SIDE = 960
"""Pixels of the longer side of the picture in which words are looked for; finer ones only cost time."""
_MODELS = {"Det": "*det*.onnx", "Rec": "*rec*.onnx", "Cls": "*cls*.onnx"}


def is_installed() -> bool:
    """Tell whether the `ocr` extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def find_words(picture: Picture) -> list[Quad]:
    """Return where lines of words stand, from top to bottom."""
    found = _engine()(picture, use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(box, np.float32) for box in found.boxes]


def read_words(line: Picture) -> tuple[str, float]:
    """Return the words in the picture of one line and how sure they are, 0 to 1; "" for none."""
    found = _engine()(line, use_det=False, use_cls=False, use_rec=True)
    return (found.txts[0], float(found.scores[0])) if found.txts else ("", 0.0)


def is_upside_down(line: Picture) -> bool:
    """Tell whether the picture of one line stands on its head."""
    found = _engine()(line, use_det=False, use_cls=True, use_rec=False)
    return bool(found.cls_res and found.cls_res[0][0] == "180")


@cache
def _engine() -> Any:
    import rapidocr  # 1 s and 100 MB

    models = Path(rapidocr.__file__).parent / "models"
    threads = min(_THREADS, os.cpu_count() or 1)
    options: dict[str, object] = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECT_SIDE,
        "Rec.rec_batch_num": 1,  # lines side by side in one batch are filled up to the longest: memory
    }
    # Named models are never downloaded.
    options |= {f"{part}.model_path": str(_only(models, name)) for part, name in _MODELS.items()}
    return rapidocr.RapidOCR(params=options)


def _only(folder: Path, pattern: str) -> Path:
    """Return the model that the wheel brings along.

    Raises:
        FileNotFoundError: when there is none.
    """
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(folder / pattern)
    return found[0]
