"""What an organiser sends: a file."""

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from finder.platform.web.forms import ButtonForm


class UploadForm(ButtonForm):
    """A file of listings."""

    file = FileField()

    @property
    def content(self) -> bytes:
        """The bytes that were sent; none where no file was chosen."""
        sent: FileStorage | None = self.file.data
        return sent.read() if sent else b""
