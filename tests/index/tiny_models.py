"""Tiny models of sentence-transformers, built and taught in a second, for the tests of index and pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

PAD, UNKNOWN, BEGIN, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


def character_tokenizer(texts: Iterable[str]) -> Any:
    """Return a tokenizer that knows the characters of `texts`, one token each."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from tokenizers.processors import TemplateProcessing

    characters = sorted({character for text in texts for character in text})
    vocabulary = {token: place for place, token in enumerate([PAD, UNKNOWN, BEGIN, END, *characters])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = Split("", "isolated")
    tokenizer.post_processor = TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        pair=f"{BEGIN} $A {END} $B:1 {END}:1",
        special_tokens=[(BEGIN, vocabulary[BEGIN]), (END, vocabulary[END])],
    )
    return tokenizer


def save_cross_encoder(folder: Path, pairs: list[tuple[str, str, float]], labels: int = 1) -> Path:
    """Teach a tiny cross-encoder which passages answer which questions, and save it into `folder`."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.set_num_threads(1)  # several would only wait for each other over so little
    torch.manual_seed(0)
    texts = [text for question, passage, _ in pairs for text in (question, passage)]
    own = character_tokenizer(texts)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=own,
        pad_token=PAD,
        unk_token=UNKNOWN,
        cls_token=BEGIN,
        sep_token=END,
        model_max_length=64,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )
    config = BertConfig(
        vocab_size=own.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.2,
        num_labels=labels,
    )
    model = BertForSequenceClassification(config)
    if labels == 1:
        _teach(model, tokenizer, pairs)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _teach(model: Any, tokenizer: Any, pairs: list[tuple[str, str, float]]) -> None:
    import torch

    questions, passages, values = zip(*pairs, strict=True)
    given = tokenizer(list(questions), list(passages), padding=True, return_tensors="pt")
    wanted = torch.tensor(values).unsqueeze(1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(60):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(**given).logits, wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()


def export_cross_encoder(saved: Path, folder: Path) -> Path:
    """Export the cross-encoder in `saved` to ONNX, as optimum and sentence-transformers lay it out."""
    import torch
    from transformers import AutoModelForSequenceClassification

    names = ["input_ids", "attention_mask", "token_type_ids"]

    class Scores(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModelForSequenceClassification.from_pretrained(saved)

        def forward(self, ids: Any, mask: Any, types: Any) -> Any:
            return self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).logits

    example = torch.ones((2, 8), dtype=torch.long)
    (folder / "onnx").mkdir(parents=True)
    torch.onnx.export(
        Scores().eval(),
        (example, example, torch.zeros_like(example)),
        folder / "onnx" / "model.onnx",
        input_names=names,
        output_names=["logits"],
        dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names},
        dynamo=False,
    )
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((saved / name).read_bytes())
    return folder
