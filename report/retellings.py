"""What becomes of the details of an experiment in its retellings."""

import pandas as pd

TOLD = ("kept", "changed")
JUDGED = (*TOLD, "dropped")  # the copy lets us say whether the source tells it


def survival(retellings: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """Count for each detail the sources that tell it.

    Parameters
    ----------
    retellings, details : pandas.DataFrame
        Rows of ``retellings.csv`` and ``details.csv``.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``detail_id``; columns ``label, kind, told`` (sources that keep or change it),
        ``left_out`` and ``unknown`` (lost or not to be told in a damaged copy).
    """
    states = retellings["state"]
    counts = (
        retellings.assign(
            told=states.isin(TOLD),
            left_out=states == "dropped",
            unknown=~states.isin(JUDGED),
        )
        .groupby("detail_id")[["told", "left_out", "unknown"]]
        .sum()
    )
    return details.set_index("detail_id")[["label", "kind"]].join(counts)


def reaching_nobody(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the details that no source tells, among those that can be judged in at least one.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`survival`.
    """
    return found[(found["told"] == 0) & (found["left_out"] > 0)]
