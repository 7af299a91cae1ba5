"""Damage a copy of the data package, and ask what is said of it."""

from evidence.check import check, schemas
from evidence.data import DataPackage


def edit(folder, file, line, old, new):
    """Replace text in one line (1-based) of a file, or the first line that holds it."""
    path = folder / file
    lines = path.read_text(encoding="utf-8").split("\n")
    number = line or next(i for i, text in enumerate(lines, 1) if old in text)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    return number


def delete_line(folder, file, number):
    """Take one line (1-based) out of a file and return its key."""
    path = folder / file
    lines = path.read_text(encoding="utf-8").split("\n")
    gone = lines.pop(number - 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    return gone.split(",")[0]


def faults_of(folder, *rules):
    """Faults that some rules find; without rules, all that a check finds."""
    data = DataPackage(folder)
    return [fault for rule in rules for fault in rule(data)] if rules else check(data)


def schemas_of(*tables):
    """The rule on schemas, for some tables: the whole takes nearly all time of a check."""

    def rule(data):
        some = DataPackage(data.folder)
        for name in set(data.resources) - set(tables):
            del some.resources[name]
        return schemas(some)

    return rule
