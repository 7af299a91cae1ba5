"""The first page: what the articles answer, what it rests on and what came since, in sentences."""

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

import pandas as pd

from evidence.charts import PALETTE, SVG
from evidence.data import DataPackage
from evidence.prose import agreeing, capitalised, counted, listed, lowered, number
from report import conflict
from report.lineage import citing_sources, common_study
from report.treatments import studies_behind

README_WIDTH = 118
REFERENCE = "named_in_reference_title"
FONTS = "'Atkinson Hyperlegible', 'DejaVu Sans', Arial, sans-serif"
LOWERING = "lowering-antibodies-works"  # the proposition of the treatment that waits for a trial
ZONES = {"title": "title", "caption": "caption", "summary": "summary", "heading": "heading"}


def stances(data: DataPackage) -> pd.Series:
    """Tell how each source stands on the package's question.

    Parameters
    ----------
    data : DataPackage
        With ``question``, the key of a proposition, in its descriptor.

    Returns
    -------
    pandas.Series
        Stance (a level of :data:`report.conflict.STANCES`) by source, in the order of the sources.
    """
    propositions = data["propositions"]
    question = propositions[propositions["proposition_id"] == _asked(data)]
    grid = conflict.stance_grid(conflict.stances(data["claims"]), question, data["sources"])
    return grid.set_index("source_id")["stance"].astype(str).reindex(data["sources"]["source_id"])


def _asked(data: DataPackage) -> str:
    return str(data.descriptor["question"])


def answer(stance: pd.Series) -> str:
    """Answer the question in a word, as far as the sources go.

    Parameters
    ----------
    stance : pandas.Series
        As returned by :func:`stances`.

    Returns
    -------
    str
        "Yes" or "No" only if every source says so; "Disputed" where one says yes and another no;
        "No answer" where none speaks to it; else "Not settled".
    """
    said = set(stance)
    if not said & set(conflict.SPEAKING):
        return "No answer"
    if said == {"asserts"}:
        return "Yes"
    if said == {"disputes"}:
        return "No"
    if said & {"disputes", "both ways"} and said & {"asserts", "both ways"}:
        return "Disputed"
    return "Not settled"


def opening(stance: pd.Series, noun: str = "article") -> str:
    """Write the book's first words, for example "Not settled, going by these five articles."."""
    these = f"these {counted(len(stance), noun)}" if len(stance) > 1 else f"this {noun}"
    return f"{answer(stance)}, going by {these}."


def outright(stance: pd.Series, labels: Mapping[str, str]) -> str:
    """Say which sources affirm or deny it plainly, in their own voice.

    Parameters
    ----------
    stance : pandas.Series
        As returned by :func:`stances`.
    labels : mapping of str to str
        Short name by source.
    """
    names = _names(stance, labels)
    yes, no, both = names["asserts"], names["disputes"], names["both ways"]
    if yes:
        voice = "their" if len(yes) > 1 else "its"
        sentences = [f"{listed(yes)} {agreeing('says', len(yes))} in {voice} own voice that it is."]
    else:
        sentences = ["None of our copies says outright, in its own voice, that it is."]
    if no:
        sentences.append(f"{listed(no)} {agreeing('says', len(no))} that it is not.")
    if both:
        sentences.append(f"{listed(both)} {agreeing('says', len(both))} both.")
    return " ".join(sentences)


def less_firmly(stance: pd.Series, labels: Mapping[str, str]) -> str:
    """Say what the sources do that neither affirm nor deny it plainly; empty if there are none."""
    names = _names(stance, labels)
    cannot = names["cannot tell"]
    copies = "its copy is damaged" if len(cannot) == 1 else "their copies are damaged"
    endings = {
        "hedges": f"{agreeing('puts', len(names['hedges']))} it as possible",
        "reports": f"{agreeing('leaves', len(names['reports']))} it to others to say so",
        "leaves open": f"{agreeing('leaves', len(names['leaves open']))} it open",
        "silent": f"{agreeing('makes', len(names['silent']))} no claim about it",
    }
    told = [f"{listed(names[s])} {ending}" for s, ending in endings.items() if names[s]]
    told += [f"what {listed(cannot)} had to say cannot be told, for {copies}"] if cannot else []
    return f"{capitalised('; '.join(told))}." if told else ""


def _names(stance: pd.Series, labels: Mapping[str, str]) -> dict[str, list[str]]:
    return {s: [labels[key] for key in stance.index[stance == s]] for s in conflict.STANCES}


def one_study(data: DataPackage) -> str:
    """Say how many sources refer to the same work, and what that means for a reader."""
    total = len(data["sources"])
    citations = data["citations"]
    study = common_study(citations) if len(citations) else ""
    n = len(citing_sources(citations, study)) if study else 0
    if n < 2:
        return "No two of them refer to the same study."
    row = data["studies"].set_index("study_id").loc[study]
    kinds = data.levels("studies", "species")["label"]
    bodies = f": {lowered(kinds[row['species']])}" if row["species"] in kinds else ""
    who = f"All {number(n)}" if n == total else f"{capitalised(number(n))} of the {number(total)}"
    return (
        f"{who} tell of the same study ({row['label']}{bodies}), "
        "so they are not independent witnesses."
    )


def helped(data: DataPackage) -> str:
    """Say which treatments are told to have helped, and how many people were treated."""
    rows = _in_text(data).query("role == 'reported_benefit'")
    if rows.empty:
        return "They tell of no treatment that helped." + _damaged(data, "may tell of one")
    names = data["treatments"].set_index("treatment_id")["name"]
    what = listed(lowered(names[key]) for key in rows["treatment_id"].unique())
    behind = studies_behind(rows, data["citations"], data["study_facts"])
    behind = behind.drop_duplicates("study_id")
    sizes = [number(n) for n in behind["treated"].dropna()]
    one = len(behind) == 1
    meant = "study that they seem to mean" if one else "studies that they seem to mean"
    people = f"; the {meant} treated {listed(sizes)} people" if sizes else ""
    mention = "its abstract mentions" if one else "their abstracts mention"
    compared = not sizes or not behind["no_comparison"].all()
    alone = "" if compared else f", and {mention} no comparison group"
    return f"What they say has helped is {what}{people}{alone}."


def tried(data: DataPackage) -> str:
    """Say for which treatments the running text names a trial, for what, and what it found."""
    rows = _in_text(data).query("evidence_stated == 'trial'")
    labels = data["sources"].set_index("source_id")["label"]
    names = data["treatments"].set_index("treatment_id")["name"]
    told = [
        f"{labels[row.source_id]} names a trial of {lowered(names[row.treatment_id])} in "
        f"{row.condition}{', as it seems' if 'not named' in row.note else ''}: “{row.cue}”."
        for row in rows.itertuples()
    ]
    sources = data["sources"].set_index("source_id")["damaged"]
    named = " ".join(told) or "None of them names a trial of a treatment."
    unread = sources.drop(rows["source_id"].unique())
    more = "may name another" if told else "may name one"
    return named + (_damaged(data, more) if unread.any() else "")


def _in_text(data: DataPackage) -> pd.DataFrame:
    return data["proposals"][data["proposals"]["role"] != REFERENCE]


def _damaged(data: DataPackage, may: str) -> str:
    sources = data["sources"]
    names = list(sources.loc[sources["damaged"], "label"])
    copies = "copy has" if len(names) == 1 else "copies have"
    return f" The part of {listed(names)} that our damaged {copies} lost {may}." if names else ""


def came_since(since: pd.DataFrame, question: str) -> str:
    """Say whether what was found since bears on the question, and which way.

    Parameters
    ----------
    since : pandas.DataFrame
        Rows of ``since.csv``.
    question : str
        Key of the proposition.
    """
    on_it = since[(since["bears_on"] == question) & (since["direction"] != "context")]
    works = on_it.groupby("direction")["study_id"].nunique()
    total = int(on_it["study_id"].nunique())
    if not total:
        return "We found nothing since that bears on the question itself."
    verbs = {"supports": "supports", "speaks_against": "speaks", "open": "leaves"}
    ends = {"supports": "a yes", "speaks_against": "against it", "open": "it open"}
    told = [(d, int(works[d])) for d in verbs if d in works.index]
    if total == 1:
        [(direction, _)] = told
        found = "The one work since that we found on the question itself"
        return f"{found} {verbs[direction]} {ends[direction]}."
    found = f"Of the {counted(total, 'work')} since that we found on the question itself"
    if len(told) == 1:
        [(direction, _)] = told
        every = "both" if total == 2 else "all"
        return f"{found}, {every} {agreeing(verbs[direction], 2)} {ends[direction]}."
    parts = [f"{number(n)} {agreeing(verbs[d], n)} {ends[d]}" for d, n in told]
    return f"{found}, {listed(parts)}."


def waiting(since: pd.DataFrame) -> str:
    """Say how many trials in people with the disease are on record without a result seen."""
    rows = since[
        (since["published_as"] == "registry_record")
        & (since["design"] == "trial")
        & (since["studied_in"] == "fibromyalgia")
        & (since["direction"] == "open")
        & (since["bears_on"] == LOWERING)
    ]
    n = int(rows["study_id"].nunique())
    if not n:
        return "We know of no trial without a result of a drug that lowers antibodies."
    have, result = ("has", "its result") if n == 1 else ("have", "their results")
    return (
        f"{capitalised(counted(n, 'trial'))} in patients {have} tested a drug that lowers "
        f"antibodies; we did not find {result}."
    )


def places(claims: pd.DataFrame, passages: pd.DataFrame, content: Iterable[str]) -> pd.DataFrame:
    """Tell where in its article each claim is made.

    Parameters
    ----------
    claims, passages : pandas.DataFrame
        Rows of ``claims.csv`` and ``passages.csv``.
    content : iterable of str
        Roles of the passages that count as the article's text.

    Returns
    -------
    pandas.DataFrame
        With the index of the claims; ``share``, the words of the article before the passage as a
        share of all (0 to 1), and ``place``: "title", "caption", "summary", "heading",
        "quotation" or "letter" where it is one, else "start", "middle" or "end" by thirds.
    """
    text = passages[passages["role"].isin(list(content))]
    words = text["words"].astype(int)
    before = words.groupby(text["source_id"]).cumsum() - words
    share = before / words.groupby(text["source_id"]).transform("sum")
    share.index = text["passage_id"]
    roles = passages.set_index("passage_id")["role"]
    found = pd.DataFrame({"share": claims["passage_id"].map(share)})
    thirds = pd.cut(found["share"], [-1, 1 / 3, 2 / 3, 1], labels=["start", "middle", "end"])
    named = claims["zone"].map({**ZONES, "reader_letter": "letter"})
    named = named.mask(claims["passage_id"].map(roles) == "quotation", "quotation")
    found["place"] = named.fillna(thirds.astype(object))
    return found


def summary(data: DataPackage) -> list[str]:
    """Write the findings as sentences, in the order in which a reader needs them."""
    stance = stances(data)
    labels = data["sources"].set_index("source_id")["label"].to_dict()
    sentences = [
        f"**{opening(stance)}**",
        outright(stance, labels),
        less_firmly(stance, labels),
        one_study(data),
        helped(data),
        tried(data),
    ]
    return [sentence for sentence in sentences if sentence]


def readme_text(data: DataPackage) -> str:
    """Return what the README says of the findings, wrapped as it is there."""
    return textwrap.fill(" ".join(summary(data)), README_WIDTH) + "\n"


def picture(drawing: str) -> str:
    """Turn a drawing of a page into a picture by itself: colours fixed, on paper, without links.

    Parameters
    ----------
    drawing : str
        An ``svg`` element as :func:`evidence.charts.svg` writes it.

    Returns
    -------
    str
        An SVG file.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}title":
                parent.remove(child)
            elif child.tag == f"{{{SVG}}}a":
                child.tag = f"{{{SVG}}}g"
                child.attrib.clear()
    for element in root.iter():
        element.attrib.pop("class", None)
    root.attrib |= {"role": "img", "font-family": FONTS}
    paper = {"width": "100%", "height": "100%", "fill": PALETTE["paper"]}
    root.insert(0, ET.Element(f"{{{SVG}}}rect", paper))
    return ET.tostring(root, encoding="unicode") + "\n"
