"""The encoders an administrator can choose from: embedded, sentence-transformers, HTTP, none."""

from bot.encoders.choose import KINDS, encoder_from_word, open_encoder, open_reranker

__all__ = ["KINDS", "encoder_from_word", "open_encoder", "open_reranker"]
