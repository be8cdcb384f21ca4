"""The site's own files: style sheets joined into one, scripts, pictures, and npm's copies.

All are read once at start, and served under a path that holds the hash of them all, so that a
browser may cache them for a year and relative imports between scripts still work.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import brotli
from flask import Blueprint, Flask, Response, abort, current_app

from finder.platform.web.page_cache import accepted_encoding

STATIC = Path(__file__).resolve().parent / "static"
YEAR = "public, max-age=31536000, immutable"
TEXT = (".css", ".js", ".svg", ".json", ".geojson", ".txt", ".webmanifest")

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file as it is served: plain, and compressed both ways where that helps."""

    mimetype: str
    plain: bytes
    gzipped: bytes
    brotlied: bytes


class Assets:
    """Every static file by its path, and the hash in their common address."""

    def __init__(self, vendor: Path, made: dict[str, bytes] | None = None) -> None:
        """vendor: the folder that set-up fills from npm. made: files made by code, by path."""
        files = _joined_styles() | _tree(STATIC, "") | _tree(vendor, "vendor/")
        files |= made or {}
        digest = hashlib.sha256()
        for path in sorted(files):
            digest.update(path.encode() + b"\0" + files[path])
        self.version = digest.hexdigest()[:16]
        self.files = {path: _asset(path, data) for path, data in files.items()}

    def url(self, path: str) -> str:
        """The address of a file, which browsers cache for a year. KeyError for an unknown one."""
        if path not in self.files:
            raise KeyError(f"no static file {path}")
        return f"/static/{self.version}/{path}"


def _tree(folder: Path, prefix: str) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".scss"
    }


def _joined_styles() -> dict[str, bytes]:
    """`site.css`: tokens first, then every component's sheet in order of name."""
    sheets = sorted((STATIC / "css").glob("*.css"))
    return {"site.css": b"\n".join(sheet.read_bytes() for sheet in sheets)}


def _asset(path: str, data: bytes) -> Asset:
    mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if not path.endswith(TEXT):
        return Asset(mimetype, data, b"", b"")
    return Asset(mimetype, data, *_compressed(data))


@lru_cache(maxsize=256)
def _compressed(data: bytes) -> tuple[bytes, bytes]:
    """By gzip and by brotli. Cached, since it is most of the time that making an app takes."""
    return gzip.compress(data, 9, mtime=0), brotli.compress(data)


@bp.get("/static/<version>/<path:path>")
def serve(version: str, path: str) -> Response:
    """A file, compressed as the browser accepts it. An old version still gets today's file."""
    assets = cast(Assets, current_app.extensions["assets"])
    asset = assets.files.get(path) or abort(404)
    encoding = accepted_encoding() if asset.brotlied else ""
    body = {"br": asset.brotlied, "gzip": asset.gzipped, "": asset.plain}[encoding]
    response = Response(body, mimetype=asset.mimetype)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    is_current = version == assets.version
    response.headers["Cache-Control"] = YEAR if is_current else "no-cache"
    return response


def start(app: Flask, vendor: Path, made: dict[str, bytes] | None = None) -> None:
    """Serve the files, and give templates `asset('path')` and the path of the site's `picture`.

    The picture is the one that other sites show for this one, 1200 by 630.
    """
    assets = Assets(vendor, made)
    app.extensions["assets"] = assets
    app.extensions["picture"] = assets.url("images/share.png")
    addresses = {path: assets.url(path) for path in assets.files}
    # A page calls `asset` several times.
    app.jinja_env.globals.update(asset=addresses.__getitem__, picture=app.extensions["picture"])
    app.register_blueprint(bp)
