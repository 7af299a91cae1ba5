"""What the rows say together: counts by level, stances on propositions, shared ground."""

import pandas as pd

OWN_VOICE = ("author", "reader")
FIRM = 5  # certainty from which a statement is told as shown or as fact


def counts(data, table, rows, column, within=None):
    """Count the rows of a table by a column and by the levels of a scale.

    Parameters
    ----------
    data : DataPackage
    table : str
    rows : str
        Column whose values become the rows of the result, in order of appearance.
    column : str
        Column with levels; those in use become the columns, in the scale's order.
    within : pandas.Series of bool, optional
        Which rows of the table to count.

    Returns
    -------
    pandas.DataFrame
        Whole numbers; 0 where there is none.
    """
    frame = data[table] if within is None else data[table][within]
    grid = pd.crosstab(frame[rows], frame[column])
    levels = [level for level in data.levels(table, column).index if level in grid.columns]
    return grid.reindex(index=frame[rows].unique(), columns=levels, fill_value=0).rename_axis(
        index=None, columns=None
    )


def stances(data):
    """Tell how each source stands on each proposition.

    Returns
    -------
    pandas.DataFrame
        Index ``proposition_id``, a column a source. Values:

        ========== ===================================================================
        asserts    supports it in its own voice, as shown or as fact (certainty 5 or 6)
        hedges     supports it in its own voice, less firmly
        reports    only others quoted or credited in it support it
        leaves open says that it is undecided and does not support it
        disputes   opposes it
        both ways  supports it in one place and opposes it in another
        silent     says nothing of it
        cannot tell says nothing of it in a copy that has lost substantial text
        ========== ===================================================================
    """
    sources = data["sources"]
    silence = {
        row.source_id: "cannot tell" if row.damaged else "silent" for row in sources.itertuples()
    }
    grid = pd.DataFrame(
        {source: silence[source] for source in sources["source_id"]},
        index=pd.Index(data["propositions"]["proposition_id"]),
    )
    for (proposition, source), rows in data["claims"].groupby(["proposition_id", "source_id"]):
        grid.loc[proposition, source] = stance(rows)
    return grid


def stance(rows):
    """Stance of one source on one proposition, from its claims; see :func:`stances`."""
    supports = rows[rows["polarity"] == "supports"]
    opposes = (rows["polarity"] == "opposes").any()
    if opposes:
        return "both ways" if len(supports) else "disputes"
    if supports.empty:
        return "leaves open"
    own = supports[supports["speaker"].isin(OWN_VOICE)]
    if own.empty:
        return "reports"
    return "asserts" if (own["certainty"] >= FIRM).any() else "hedges"


def citing_sources(data, study_id):
    """Sources that cite, name or describe a work, in the order of ``sources.csv``."""
    citing = set(data["citations"].query("study_id == @study_id")["source_id"])
    return [source for source in data["sources"]["source_id"] if source in citing]


def figures_of(data, *kinds):
    """Rows of ``figures.csv`` of the given kinds."""
    return data["figures"][data["figures"]["kind"].isin(kinds)]
