"""Rules that this report's own tables must keep, beside those that hold for any data package.

``datapackage.json`` names this module; :mod:`evidence.check` runs :data:`CHECKS` and
:mod:`evidence.verify` runs :data:`VERIFICATIONS` with its own rules,
:mod:`evidence.editing.renewal` writes the tables of :data:`RENEWALS` again, and
:mod:`evidence.editing.entering` adds the lines of :data:`PROPOSALS` to the sheets of a source.
"""

import re
from itertools import combinations

import pandas as pd
from pybtex.database import parse_file

from evidence.check import NUMBERED_ID, PASSAGE_ID
from evidence.completeness import PAIRED_AT_MOST
from evidence.data import Fault, fault_at
from evidence.overlaps import overlaps
from evidence.quantities import number_spans, stated_values
from evidence.readability import source_grades
from report.conflict import conflicts

SHARES = ("prevalence", "sex_share", "rate_in_patients")  # kinds of figures in percent of people
NOT_STATED = "not stated"  # a condition that an article leaves open
COPIED = 8  # words in a row from which on words are copied
NO_UPPER, NO_LOWER, SINGLE, TWO_ENDS, UNBOUNDED = "low", "high", "single", "both", "none"
BOUNDS = {
    "exactly": SINGLE,
    "about": SINGLE,
    "at_least": NO_UPPER,
    "more_than": NO_UPPER,
    "up_to": NO_LOWER,
    "range": TWO_ENDS,
    "about_range": TWO_ENDS,
    "none": UNBOUNDED,
}


# What the descriptor says of the subject: a key of it, and the table whose keys it holds.
SUBJECT_KEYS = {
    "question": "propositions",
    "near": "propositions",
    "awaited": "propositions",
    "tested": "propositions",
    "told_first": "since",
}
TERMS = ("asked", "yes", "no", "matter")  # every book needs these, see data/README.md
COUNTS = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: \w+)?(?: of the)? (?:articles?|sources?|copy|copies)\b",
    re.IGNORECASE,
)


def subject(data):
    """The descriptor says what the package is about, by keys that are there, and counts nothing."""
    place = "datapackage.json"
    for name, table in SUBJECT_KEYS.items():
        found = data.descriptor.get(name, [])
        known = set(data[table][data.key(table)])
        for key in [found] if isinstance(found, str) else found:
            if key not in known:
                yield Fault(place, 0, name, key, f"a key that exists in {data.path(table)}")
    if not isinstance(data.descriptor.get("question"), str):
        yield Fault(place, 0, "question", "", "the key of a proposition")
    level = data.descriptor.get("studied_in")
    if level is not None and level not in data.levels("since", "studied_in").index:
        yield Fault(place, 0, "studied_in", level, "a level of since.studied_in")
    terms = data.descriptor.get("terms", {})
    for name in TERMS:
        if not terms.get(name):
            yield Fault(place, 0, f"terms.{name}", "", "words, as data/README.md tells")
    expected = "no number of articles: it changes with the rows"
    for name in ("title", "description"):
        for number in COUNTS.findall(data.descriptor.get(name, "")):
            yield Fault(place, 0, name, number, expected)
    for row in data["limits"].itertuples():
        for number in COUNTS.findall(row.limit):
            yield fault_at(data, "limits", row, "limit", expected, number)


def making(data):
    """How the book was made is told where its rows show that there is something to tell."""
    needed = {"codings": ["readings", "readers"], "searches": ["searches"]}
    told = set(data["making"]["part"])
    for table, parts in needed.items():
        for part in parts if len(data[table]) else ():
            if part not in told:
                expected = f"a row for {part}: {data.path(table)} has rows"
                yield Fault(data.path("making"), 0, "part", "no such row", expected)
    for row in data["making"].itertuples():
        for number in COUNTS.findall(row.told):
            expected = "no number of articles: it changes with the rows"
            yield fault_at(data, "making", row, "told", expected, number)


def cited_references(data):
    """Every entry of a reference list has a citation."""
    cited = set(data["citations"]["passage_id"])
    for row in data["passages"].itertuples():
        if row.role == "reference" and row.passage_id not in cited:
            yield fault_at(data, "passages", row, "citations", "a citation for every reference")


def one_row_a_proposition(data):
    """One speaker says one thing of a proposition in a passage."""
    key = ["passage_id", "proposition_id", "speaker", "polarity"]
    for row in data["claims"][data["claims"].duplicated(key)].itertuples():
        yield fault_at(
            data, "claims", row, "proposition_id", "one row for each passage and speaker"
        )


def own_words(data):
    """A statement is in our own words: it has no eight words in a row from its cue."""
    for row in data["claims"].itertuples():
        if _runs(row.cue) & _runs(row.statement.rstrip(".")):
            expected = f"fewer than {COPIED} words in a row from the cue"
            yield fault_at(data, "claims", row, "statement", expected)


def _runs(text):
    words = text.lower().split()
    return {tuple(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1)}


def covered_omissions(data):
    """An omission on which an instrument has an item names the appraisal of its source."""
    topics = data.levels("omissions", "topic").get("item", pd.Series(dtype=object)).dropna()
    rows = data["appraisals"]
    appraisal = rows.set_index(["source_id", "item_id"])["appraisal_id"].to_dict()
    for row in data["omissions"].itertuples():
        covering = appraisal.get((row.source_id, topics.get(row.topic)), "")
        if row.covered_by != covering:
            expected = covering or "nothing: no instrument that covers this is applied"
            yield fault_at(data, "omissions", row, "covered_by", expected)


def bounds(data):
    """The ends of a figure fit its comparator and unit and are borne out by what was stated."""
    for row in data["figures"].itertuples():
        has_low, has_high = row.low is not pd.NA, row.high is not pd.NA
        shape = BOUNDS.get(row.comparator)
        if has_low and has_high and row.low > row.high:
            yield fault_at(data, "figures", row, "low", f"at most high ({row.high:g})")
        elif shape == SINGLE and not (has_low and has_high and row.low == row.high):
            yield fault_at(data, "figures", row, "high", f"low and high alike for {row.comparator}")
        elif shape == TWO_ENDS and not (has_low and has_high and row.low < row.high):
            yield fault_at(data, "figures", row, "high", f"two ends for {row.comparator}")
        if shape in (NO_UPPER, UNBOUNDED) and has_high:
            yield fault_at(data, "figures", row, "high", f"nothing for {row.comparator}")
        if shape in (NO_LOWER, UNBOUNDED) and has_low:
            yield fault_at(data, "figures", row, "low", f"nothing for {row.comparator}")
        if shape == NO_UPPER and not has_low:
            yield fault_at(data, "figures", row, "low", f"a lower end for {row.comparator}")
        if shape == NO_LOWER and not has_high:
            yield fault_at(data, "figures", row, "high", f"an upper end for {row.comparator}")
        stated = stated_values(row.as_stated)
        for column, has in (("low", has_low), ("high", has_high)):
            value = getattr(row, column)
            if not has:
                continue
            if not any(abs(value - number) < 1e-9 for number in stated):
                numbers = ", ".join(f"{n:.12g}" for n in sorted(stated)) or "no number"
                yield fault_at(data, "figures", row, column, f"a value as stated ({numbers})")
            if row.unit == "percent" and not 0 <= value <= 100:
                yield fault_at(data, "figures", row, column, "a share from 0 to 100 percent")
        if row.kind in SHARES and row.unit != "percent":
            yield fault_at(data, "figures", row, "unit", f"percent for a {row.kind}")


def populations(data):
    """A share says whether it is of a general population or of patients; no other figure does."""
    for row in data["figures"].itertuples():
        kind = row.population_kind
        if row.kind == "rate_in_patients" and kind != "patients":
            yield fault_at(data, "figures", row, "population_kind", "patients")
        elif row.kind in SHARES and not kind:
            yield fault_at(data, "figures", row, "population_kind", f"a level for a {row.kind}")
        elif row.kind not in SHARES and kind:
            yield fault_at(data, "figures", row, "population_kind", f"nothing for a {row.kind}")


def conditions(data):
    """A condition that is not stated reads so, and a note says what an inferred one rests on."""
    for row in data["proposals"].itertuples():
        if (row.condition == NOT_STATED) != (row.condition_basis == "not_stated"):
            expected = f"not_stated where the condition reads “{NOT_STATED}”, and nowhere else"
            yield fault_at(data, "proposals", row, "condition_basis", expected)
        if row.condition_basis == "inferred" and not row.note:
            yield fault_at(data, "proposals", row, "note", "what the condition was inferred from")


def number_rules(data):
    """The patterns that excuse numbers are regular expressions."""
    for row in data["number_rules"].itertuples():
        try:
            re.compile(row.pattern)
        except re.error as error:
            yield fault_at(data, "number_rules", row, "pattern", f"a regular expression ({error})")


def unused(data):
    """What exists once, for rows to refer to, is referred to by something."""
    data = data.whole()  # by a source in progress, too
    for name in ("propositions", "treatments", "studies", "details"):
        referring = [
            (other, key["fields"][0])
            for other, resource in data.resources.items()
            for key in resource["schema"].get("foreignKeys", [])
            if key["reference"]["resource"] == name
        ]
        used = set().union(*(set(data[other][field]) for other, field in referring))
        used |= _referred_to(data, name)
        for row in data[name].itertuples():
            if getattr(row, data.key(name)) not in used:
                files_ = " or ".join(sorted({data.path(other) for other, _ in referring}))
                yield fault_at(data, name, row, data.key(name), f"a row of {files_} that uses it")


def _referred_to(data, name):
    """Keys of a table that columns with ``refersTo`` name."""
    return {
        key
        for other, fields in data.fields.items()
        for column, field in fields.items()
        if name in field.get("refersTo", [])
        for key in data[other][column]
    }


def contradictions(data):
    """Every denial and every difference in strength among the claims has its row, and no other."""
    expected, found = _conflicts(data)
    for pair, row in found.items():
        if pair not in expected:
            wanted = f"the pair of a {row.conflict}: the firmest claims, or status withdrawn"
            yield fault_at(data, "contradictions", row, "second_row", wanted)
    for pair, row in expected.items():
        if pair not in found:
            what = f"a {row.conflict} on {row.proposition_id} in {', '.join(row.source_ids)}"
            what += f": {' and '.join(sorted(row.claim_ids))}"
            yield Fault(data.path("contradictions"), 0, "conflict", "no such row", what)


def _conflicts(data):
    """Conflicts that follow from the claims, and those that have a row, by kind and keys."""
    pairs = conflicts(data["claims"]).itertuples()
    rows = data["contradictions"]
    rows = rows[rows["conflict"].isin(["denial", "strength"]) & (rows["status"] == "stands")]
    return (
        {(row.conflict, row.claim_ids): row for row in pairs},
        {(r.conflict, frozenset([r.first_row, r.second_row])): r for r in rows.itertuples()},
    )


def proposed_contradictions(data, source):
    """Lines for the conflicts of a source that have no row: what differs is the coder's to say."""
    expected, found = _conflicts(data)
    statements = data["claims"].set_index("claim_id")["statement"]
    for pair, row in expected.items():
        if pair not in found and source in row.source_ids:
            first, second = sorted(row.claim_ids)
            yield {
                "why": f"a {row.conflict} on {row.proposition_id}",
                "text": f"{statements[first]} | {statements[second]}",
                "kind": "between" if len(row.source_ids) > 1 else "within",
                "conflict": row.conflict,
                "first_row": first,
                "second_row": second,
                "status": "stands",
            }


def appraisals(data):
    """An item has one row for each source in its instrument's scope, on a level of that item."""
    instrument_of = data["appraisal_items"].set_index("item_id")["instrument_id"].to_dict()
    levels = data["appraisal_levels"].groupby("item_id")["level"].agg(list).to_dict()
    scope = data["appraisal_scope"]
    scope = scope[scope["applied"].eq(True)]
    wanted = {
        (source, item)
        for instrument, source in zip(scope["instrument_id"], scope["source_id"], strict=True)
        for item, owner in instrument_of.items()
        if owner == instrument
    }
    seen = set()
    for row in data["appraisals"].itertuples():
        allowed = levels.get(row.item_id, [])
        if row.level not in allowed:
            yield fault_at(data, "appraisals", row, "level", "one of " + ", ".join(allowed))
        owner = instrument_of.get(row.item_id, row.instrument_id)
        if row.instrument_id != owner:
            yield fault_at(data, "appraisals", row, "instrument_id", f"{owner}, that of its item")
        pair = (row.source_id, row.item_id)
        if pair in seen:
            expected = f"one row for each item: {row.source_id} has this one already"
            yield fault_at(data, "appraisals", row, "item_id", expected)
        elif pair not in wanted:
            expected = f"an item of an instrument that is applied to {row.source_id}"
            yield fault_at(data, "appraisals", row, "item_id", expected)
        seen.add(pair)
        match = NUMBERED_ID.fullmatch(row.appraisal_id)
        if match and match["source"] != row.source_id:
            yield fault_at(data, "appraisals", row, "appraisal_id", f"an id of {row.source_id}")
        passage = PASSAGE_ID.fullmatch(row.passage_id)
        if passage and passage["source"] != row.source_id:
            yield fault_at(data, "appraisals", row, "passage_id", f"a passage of {row.source_id}")
        if row.cue and not row.passage_id:
            yield fault_at(data, "appraisals", row, "passage_id", "the passage that holds the cue")


QUOTED = re.compile("“(.+?)”")
VERDICT_TEXTS = ("verdict", "good", "careful")


def verdicts(data):
    """A verdict rests on rows of its source and quotes only these."""
    rows = data["verdicts"]
    known = {key: (sources, words) for key, sources, words in _rows_of_sources(data)}
    for row in rows.itertuples():
        if row.verdict_id != f"verdict-{row.source_id}":
            yield fault_at(data, "verdicts", row, "verdict_id", f"verdict-{row.source_id}")
        quotable = []
        for key in row.rests_on.split():
            sources, words = known.get(key, (None, ""))
            if sources is None:
                yield fault_at(data, "verdicts", row, "rests_on", "keys of rows that exist", key)
            elif row.source_id not in sources:
                wanted = f"keys of rows of {row.source_id}"
                yield fault_at(data, "verdicts", row, "rests_on", wanted, key)
            else:
                quotable.append(words)
        for column in VERDICT_TEXTS:
            for words in QUOTED.findall(getattr(row, column)):
                if not any(words in cue for cue in quotable):
                    wanted = "words of a row that it rests on"
                    yield fault_at(data, "verdicts", row, column, wanted, words)


def _rows_of_sources(data):
    """Keys of the rows that say something of a source, with these sources and their words."""
    source_of = {}
    for name in (*data.coded_from_passages(), "appraisals", "omissions", "retellings", "leaps"):
        for row in data[name].itertuples():
            key = getattr(row, data.key(name))
            source_of[key] = row.source_id
            yield key, {row.source_id}, getattr(row, "cue", getattr(row, "as_stated", ""))
    source_of |= data["passages"].set_index("passage_id")["source_id"].to_dict()
    for row in data["corrections"].itertuples():
        yield row.correction_id, {source_of.get(row.row), source_of.get(row.passage_id)}, ""
    for row in data["contradictions"].query("status == 'stands'").itertuples():
        yield (
            row.contradiction_id,
            {source_of.get(row.first_row), source_of.get(row.second_row)},
            "",
        )


def bibliography(data):
    """Every study has its reference in references.bib with its year and numbers, and conversely.

    What the book's own method rests on has the keyword ``method`` there and is no study.
    """
    path = data.folder.parent / "references.bib"
    if not path.exists():
        return
    entries = parse_file(str(path)).entries
    keys = {key for key, entry in entries.items() if entry.fields.get("keywords") != "method"}
    for row in data["studies"].itertuples():
        if row.study_id not in keys:
            yield fault_at(data, "studies", row, "study_id", "an entry in references.bib")
            continue
        for column in ("year", "doi", "pmid"):
            told = entries[row.study_id].fields.get(column, "")
            value = getattr(row, column)
            if told and told != ("" if value is pd.NA else str(value)):
                yield fault_at(data, "studies", row, column, f"{told}, as in references.bib")
    for key in sorted(keys - set(data["studies"]["study_id"])):
        yield Fault("references.bib", 0, key, "an entry", "a row in studies.csv")


def accounted_numbers(data, copies):
    """Each number in a passage that can carry content is a figure's, or a rule excuses it.

    Parameters
    ----------
    data : DataPackage
    copies : dict of str to evidence.verify.Copy

    Yields
    ------
    Fault or None
        One for each number found.
    """
    content = data.levels("passages", "role")["content"].eq(True)
    rules = [re.compile(pattern) for pattern in data["number_rules"]["pattern"]]
    stated = data["figures"].groupby("passage_id")["as_stated"].agg(list).to_dict()
    for row in data["passages"].itertuples():
        if not content.get(row.role, False) or row.source_id not in copies:
            continue
        text = copies[row.source_id].passages[row.passage_id]
        accounted = [m.span() for rule in rules for m in rule.finditer(text)]
        for words in stated.get(row.passage_id, []):
            accounted += [m.span() for m in re.finditer(re.escape(words), text)]
        for start, end in number_spans(text):
            if any(a <= start and end <= b for a, b in accounted):
                yield None
            else:
                expected = "a figure or a number rule that accounts for it"
                yield fault_at(data, "passages", row, "figures", expected, text[start:end])


def shared_words(data, copies):
    """The words that each two unchanged copies share are as many as ``overlaps.csv`` says.

    A pair that shares none may have a row that says so.

    Yields
    ------
    Fault or None
        At least one for each row.
    """
    texts = {source: copy.text for source, copy in copies.items() if copy.unchanged}
    shared = {(row.first, row.second): row for row in overlaps(texts).itertuples()}
    for row in data["overlaps"].itertuples():
        if not {row.first, row.second} <= set(texts):
            continue
        right = shared.pop((row.first, row.second), shared.pop((row.second, row.first), None))
        for column in ("runs", "longest", "words"):
            value, wanted = getattr(row, column), getattr(right, column) if right else 0
            yield None if value == wanted else fault_at(data, "overlaps", row, column, f"{wanted}")
    for first, second in shared:
        wanted = f"a row for {first} and {second}"
        yield Fault(data.path("overlaps"), 0, "first", "no such row", wanted)


def reading_grades(data, copies):
    """The reading grades of unchanged copies are those in ``readability.csv``, each once.

    Yields
    ------
    Fault or None
        At least one for each row.
    """
    texts = {}
    for copy in copies.values():
        texts |= copy.passages if copy.unchanged else {}
    counted = {(r.source_id, r.formula): r for r in source_grades(data, texts).itertuples()}
    for row in data["readability"].itertuples():
        right = counted.pop((row.source_id, row.formula), None)
        for column in ("words", "sentences", "score") if right else ():
            value, wanted = getattr(row, column), getattr(right, column)
            same = value is not pd.NA and value == wanted
            expected = f"{wanted}, from the copy"
            yield None if same else fault_at(data, "readability", row, column, expected)
    for source, formula in counted:
        wanted = f"a row for {source} by {formula}"
        yield Fault(data.path("readability"), 0, "formula", "no such row", wanted)


def renewed_overlaps(data, copies):
    """Rows of ``overlaps.csv`` for each two copies at hand; of many, for those that share words."""
    at_hand = [source for source in data["sources"]["source_id"] if source in copies]
    shared = overlaps({source: copies[source].text for source in at_hand})
    counts = {(row.pop("first"), row.pop("second")): row for row in shared.to_dict("records")}
    few = len(data["sources"]) <= PAIRED_AT_MOST
    for first, second in combinations(at_hand, 2) if few else counts:
        none = {"runs": 0, "longest": 0, "words": 0}
        yield {"first": first, "second": second, **counts.get((first, second), none)}


def renewed_grades(data, copies):
    """Rows of ``readability.csv`` for each copy at hand."""
    texts = {key: text for copy in copies.values() for key, text in copy.passages.items()}
    yield from source_grades(data, texts).to_dict("records")


CHECKS = (
    subject,
    making,
    cited_references,
    one_row_a_proposition,
    own_words,
    covered_omissions,
    bounds,
    populations,
    conditions,
    number_rules,
    unused,
    contradictions,
    appraisals,
    verdicts,
    bibliography,
)
VERIFICATIONS = {
    "numbers": accounted_numbers,
    "shared words": shared_words,
    "grades": reading_grades,
}
RENEWALS = {"overlaps": renewed_overlaps, "readability": renewed_grades}
PROPOSALS = {"contradictions": proposed_contradictions}
