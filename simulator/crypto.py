"""Signature and encryption of the wire, written from WeChat's document alone.

Source: WeChat, 消息加解密说明 (signature: sha1 over the sorted parts; AES-256-CBC with the first
16 bytes of the key as IV; 16 random bytes + length of the message, 4 bytes, network order +
message + appid; PKCS#7 padding to multiples of 32 bytes).
"""

import base64
import binascii
import hmac
import secrets
import struct
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class CannotDecrypt(ValueError):
    """The ciphertext is damaged, made with another key, or meant for another account."""


def signature(*parts: str) -> str:
    """The hexadecimal sha1 of the sorted parts: token, timestamp, nonce, perhaps Encrypt."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two signatures in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def encrypt(plain: bytes, aes_key: str, appid: str) -> str:
    """The base64 ciphertext of `plain`, bound to `appid`."""
    framed = secrets.token_bytes(16) + struct.pack("!I", len(plain)) + plain + appid.encode()
    padding = BLOCK - len(framed) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    sealed = encryptor.update(framed + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode("ascii")


def decrypt(sealed: str, aes_key: str, appid: str) -> bytes:
    """The plaintext inside a base64 ciphertext; raises CannotDecrypt."""
    framed = _unpad(_decrypt_blocks(sealed, aes_key))
    if len(framed) < 20:
        raise CannotDecrypt("too short for random bytes and length")
    (length,) = struct.unpack("!I", framed[16:20])
    plain, owner = framed[20 : 20 + length], framed[20 + length :]
    if len(plain) != length or owner != appid.encode():
        raise CannotDecrypt("the trailing appid is not this account's")
    return plain


def _decrypt_blocks(sealed: str, aes_key: str) -> bytes:
    try:
        blocks = base64.b64decode(sealed, validate=True)
        decryptor = _cipher(aes_key).decryptor()
        return decryptor.update(blocks) + decryptor.finalize()
    except (binascii.Error, ValueError) as error:
        raise CannotDecrypt(str(error)) from error


def _unpad(padded: bytes) -> bytes:
    count = padded[-1] if padded else 0
    if not 1 <= count <= BLOCK or padded[-count:] != bytes([count]) * count:
        raise CannotDecrypt("wrong padding")
    return padded[:-count]


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
