"""Files are written whole or not at all."""

import tempfile
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write to a temporary place beside a file, then move it there.

    What is killed on the way, or finds the disk full, leaves the file as it was.

    Parameters
    ----------
    path : pathlib.Path
    text : str

    Raises
    ------
    OSError
        If it cannot be written. Nothing is left behind.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8", newline="\n"
        ) as file:
            written = Path(file.name)
            try:
                file.write(text)
                file.flush()
            except OSError:
                written.unlink()
                raise
        written.chmod(0o644)
        written.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # not the temporary place
        raise
