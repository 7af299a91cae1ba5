"""Take the data away: every table and its schema in one archive."""

import zipfile
from pathlib import Path

from evidence.data import DataPackage

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same data make the same archive
ALONG = ("LICENSE-data", "CITATION.cff", "references.bib")


def write_archive(data: DataPackage, target: Path) -> list[str]:
    """Write the data package as one zip archive.

    Parameters
    ----------
    data : DataPackage
    target : pathlib.Path
        The archive; written beside its place and then moved there.

    Returns
    -------
    list of str
        Names of the files in the archive.
    """
    files = [data.folder / "datapackage.json", data.folder / "README.md"]
    files += [data.folder / data.path(name) for name in data.resources]
    root = data.folder.parent
    files += [root / name for name in ALONG if (root / name).exists()]
    names = []
    temporary = target.with_suffix(".tmp")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            info = zipfile.ZipInfo(f"{data.descriptor['name']}/{path.name}", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
            names.append(path.name)
    temporary.replace(target)
    return names
