"""Templates compiled once in a test run, for all the apps that it makes, as a pytest plugin."""

from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Jinja's own way to keep what it compiled. A template whose text differs is compiled anew."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get(_which(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[_which(bucket)] = bucket.code


def _which(bucket: Bucket) -> tuple[str, str, str]:
    """Apps of one name have the same filters and the same settings of Jinja."""
    app: Flask = bucket.environment.app  # type: ignore[attr-defined]
    return app.name, bucket.key, bucket.checksum


Flask.jinja_options = {"bytecode_cache": Compiled()}
