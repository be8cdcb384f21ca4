"""The key that signs cookies: the operator's, or one made at first run and kept in data/."""

import os
import secrets
from pathlib import Path


def kept_secret(data_dir: Path) -> str:
    """The key in `data_dir/secret_key`, made (readable by its owner only) if absent.

    Two processes that start at once agree: whoever creates the file first wins.
    """
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = data_dir / f".secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
