"""What a finished source lacks is named; what is in progress is neither asked for nor counted."""

import pandas as pd
import pytest

from evidence.belonging import rows_of, tables_of
from evidence.check import check, coverage
from evidence.completeness import absences, coded_twice, complete, possible_rows
from evidence.data import DataPackage
from tests.reading import append
from tests.wrecking import edit, faults_of, schemas_of


def declared(folder, **levels):
    """Say of sources of the made package how often they were coded."""
    path = folder / "data" / "sources.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows["coded"] = rows["source_id"].map(levels).fillna("once")
    rows.to_csv(path, index=False)
    return folder / "data"


def without(folder, table, text):
    """Take the lines that hold a text out of a table."""
    path = folder / "data" / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if text not in line]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


def lacking(folder, table):
    found = faults_of(folder / "data", complete)
    return {fault.expected for fault in found if fault.file == f"{table}.csv"}


@pytest.mark.parametrize(
    ("table", "line", "wanted"),
    [
        ("verdicts", "verdict-gamma", "a row for gamma"),
        ("overlaps", "alpha,gamma", "a row for alpha and gamma"),
        ("lineage", ",beta,", "a row for beta"),
        ("appraisal_scope", "quest,beta", "a row for beta and quest"),
        ("retellings", "retelling-alpha-02", "a row for alpha and detail-02"),
    ],
)
def test_a_row_that_each_source_must_have_is_missed(made_folder, table, line, wanted):
    before = lacking(made_folder, table)
    without(made_folder, table, line)
    assert lacking(made_folder, table) - before == {wanted}


@pytest.mark.parametrize(
    ("source", "table", "value", "left"),
    [
        ("gamma", "verdicts", "", set()),
        ("gamma", "overlaps", "", set()),
        ("alpha", "overlaps", "gamma", {"a row for beta and gamma"}),
    ],
)
def test_a_reason_among_the_absences_excuses_it(made_folder, source, table, value, left):
    without(made_folder, table, "gamma")
    cells = {"absence_id": f"absence-{source}-01", "source_id": source, "reason": "None."}
    append(made_folder, "absences", table=table, value=value, **cells)
    assert lacking(made_folder, table) == left
    assert faults_of(made_folder / "data", absences) == []


@pytest.mark.parametrize(
    ("table", "value", "column", "expected"),
    [
        ("verdicts", "", "table", "nothing: verdicts.csv has a row"),
        ("retellings", "detail-01", "table", "nothing: retellings.csv has a row"),
        ("retellings", "detail-99", "value", "one of detail-01"),
        ("claims", "", "table", "one of retellings, leaps"),
    ],
)
def test_an_absence_that_is_none_is_named(made_folder, table, value, column, expected):
    cells = {"absence_id": "absence-alpha-01", "source_id": "alpha", "reason": "None."}
    append(made_folder, "absences", table=table, value=value, **cells)
    (fault,) = faults_of(made_folder / "data", absences)
    assert fault.column == column and fault.expected.startswith(expected)


def test_an_item_is_wanted_only_where_its_instrument_is_applied(made_folder):
    without(made_folder, "appraisals", "beta")
    missed = {words for words in lacking(made_folder, "appraisals") if "for beta" in words}
    assert missed and all("quest" in words for words in missed)
    path = made_folder / "data" / "appraisal_scope.csv"
    path.write_text(path.read_text().replace("quest,beta,true", "quest,beta,false"))
    assert not [words for words in lacking(made_folder, "appraisals") if "for beta" in words]


def test_a_source_coded_twice_has_both_codings_of_each_row(made_folder):
    folder = declared(made_folder, alpha="twice")
    codings = folder / "codings.csv"
    found = {fault.key for fault in faults_of(folder, coded_twice)}
    assert "claim-alpha-01" not in found and "figure-alpha-01" in found
    assert not [key for key in found if "beta" in key or "gamma" in key]
    without(made_folder, "codings", "claim-alpha-01,passage-alpha-1-1,exists,second")
    codings.write_text(
        "".join(line for line in codings.open() if "alpha-01" not in line or ",second," not in line)
    )
    assert "claim-alpha-01" in {fault.key for fault in faults_of(folder, coded_twice)}


def test_a_row_of_two_sources_is_coded_twice_if_both_are(made_folder):
    cells = {"kind": "between", "conflict": "content", "status": "stands", "what": "They differ."}
    cells |= {"first_row": "claim-alpha-01", "second_row": "claim-beta-01"}
    append(made_folder, "contradictions", contradiction_id="contradiction-98", **cells)
    alone = faults_of(declared(made_folder, alpha="twice"), coded_twice)
    assert "contradiction-98" not in {fault.key for fault in alone}
    both = faults_of(declared(made_folder, alpha="twice", beta="twice"), coded_twice)
    assert "contradiction-98" in {fault.key for fault in both}


def test_a_source_that_is_not_declared_is_a_fault(wreck):
    row = edit(wreck, "sources.csv", None, ",once,", ",,")
    found = faults_of(wreck, schemas_of("sources"))
    assert [(f.row, f.column, f.expected) for f in found] == [(row, "coded", "a value")]


def test_what_is_in_progress_is_not_asked_for_and_not_counted(made_folder):
    folder = declared(made_folder, beta="in_progress")
    data = DataPackage(folder)
    for name in tables_of(data):
        assert not [
            cell
            for row in data[name].itertuples()
            for cell in row
            if "beta" in str(cell).split("-")
        ], name
    assert not [f for f in faults_of(folder, complete, coverage) if "beta" in f.expected + f.key]
    whole = data.whole()
    assert "beta" in set(whole["sources"]["source_id"]) and len(whole["claims"]) > len(
        data["claims"]
    )


@pytest.mark.slow
def test_of_a_source_in_progress_faults_of_form_alone_are_named(wreck):
    declared(wreck.parent, beta="in_progress")
    row = edit(wreck, "claims.csv", None, "claim-beta-01,beta,", "claim-beta-01,beta,")
    edit(wreck, "claims.csv", row, ",supports,", ",suports,")
    without(wreck.parent, "verdicts", "verdict-beta")
    found = [(f.file, f.row, f.found) for f in check(DataPackage(wreck))]
    assert found == [("claims.csv", row, "suports")]


def test_a_coding_belongs_to_the_source_of_its_unit(made_folder):
    for unit in ("retelling-beta-01", "not-kept-claim-beta-09", "link-01", "link-02"):
        append(made_folder, "codings", unit=unit, field="exists", coder="first")
    data = DataPackage(made_folder / "data", whole=True)
    found = set(data["codings"].loc[rows_of(data, ["beta"])["codings"], "unit"])
    links = data["lineage"].set_index("link_id")
    of_beta = links.index[(links["child"] == "beta") | (links["parent"] == "beta")]
    assert {"retelling-beta-01", "not-kept-claim-beta-09"} <= found
    assert found & {"link-01", "link-02"} == {"link-01", "link-02"} & set(of_beta)
    assert not [unit for unit in found if "alpha" in unit or "gamma" in unit]


def test_a_row_that_repeats_one_of_another_source_stays(made_folder):
    path = made_folder / "data" / "corrections.csv"
    pd.read_csv(path, dtype=str).assign(same_as="").to_csv(path, index=False)
    cells = {"concerns": "source", "what": "x", "instead": "y"}
    of_beta = {"passage_id": "passage-beta-1-1", "row": "claim-beta-01"}
    of_alpha = {"passage_id": "passage-alpha-1-1", "row": "claim-alpha-01"}
    append(made_folder, "corrections", correction_id="correction-97", **cells, **of_beta)
    append(
        made_folder,
        "corrections",
        correction_id="correction-98",
        same_as="correction-97",
        **cells,
        **of_alpha,
    )
    data = DataPackage(made_folder / "data", whole=True)
    found = data["corrections"].loc[rows_of(data, ["beta"])["corrections"], "correction_id"]
    assert "correction-97" in set(found) and "correction-98" not in set(found)


def test_rows_belong_to_a_source_by_what_they_refer_to(made):
    found = rows_of(made.whole(), ["beta"])
    for name in ("claims", "figures", "passages"):
        assert (found[name] == (made[name]["source_id"] == "beta")).all()
    conflicts = made["contradictions"][found["contradictions"]]
    assert (
        len(conflicts)
        and conflicts[["first_row", "second_row"]]
        .apply(lambda row: row.str.contains("-beta-").any(), axis=1)
        .all()
    )
    assert not found["propositions"].any() and not found["studies"].any()
    units = made["codings"].loc[found["codings"], "unit"]
    assert len(units) and units.str.contains("beta|contradiction|link|rung").all()


@pytest.mark.parametrize(("many", "pairs"), [(20, 190), (21, 0)])
def test_up_to_twenty_sources_each_two_have_a_row(intact, many, pairs):
    one = intact["sources"].iloc[[0]]
    sources = pd.concat([one.assign(source_id=f"source{n}") for n in range(many)])
    assert len(possible_rows(intact.replaced({"sources": sources}), "overlaps")) == pairs
