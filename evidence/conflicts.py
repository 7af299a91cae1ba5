"""Pairs of claims that deny each other or differ in strength."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

STRENGTH_GAP = 3  # levels of certainty between which a source differs from itself

Claim = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """Two claims on one proposition.

    Attributes
    ----------
    kind : str
        ``denial`` or ``strength``.
    claim_ids : frozenset of str
    proposition_id : str
    source_ids : tuple of str
        Sorted; one where a source is in conflict with itself.
    """

    kind: str
    claim_ids: frozenset[str]
    proposition_id: str
    source_ids: tuple[str, ...]


def conflicts(claims: Iterable[Claim]) -> list[Conflict]:
    """Find the conflicts among claims.

    Parameters
    ----------
    claims : iterable of mapping
        Rows of ``claims.csv``.

    Returns
    -------
    list of Conflict
        A denial for each two sources, or one, of which a claim supports a proposition and another
        opposes it or leaves it open: the firmest of each side. A difference in strength for each
        source that supports a proposition at certainties :data:`STRENGTH_GAP` or more apart: the
        weakest and the firmest.
    """
    by_proposition = defaultdict(list)
    for claim in claims:
        if claim["certainty"] is not None and claim["causal_strength"] is not None:
            by_proposition[claim["proposition_id"]].append(claim)
    found = []
    for rows in by_proposition.values():
        supports = [claim for claim in rows if claim["polarity"] == "supports"]
        others = [claim for claim in rows if claim["polarity"] != "supports"]
        found += [*_denials(supports, others), *_strengths(supports)]
    return found


def _firmness(claim: Claim) -> tuple[int, int]:
    return claim["certainty"], claim["causal_strength"]


def _conflict(kind: str, first: Claim, second: Claim) -> Conflict:
    ids = frozenset([first["claim_id"], second["claim_id"]])
    sources = tuple(sorted({first["source_id"], second["source_id"]}))
    return Conflict(kind, ids, first["proposition_id"], sources)


def _denials(supports: list[Claim], others: list[Claim]) -> Iterable[Conflict]:
    sides = (sorted(side, key=_firmness, reverse=True) for side in (supports, others))
    pairs = sorted(
        product(*sides),
        key=lambda pair: pair[0]["certainty"] + pair[1]["certainty"],
        reverse=True,
    )
    firmest: dict[tuple[str, ...], Conflict] = {}
    for pair in pairs:
        conflict = _conflict("denial", *pair)
        firmest.setdefault(conflict.source_ids, conflict)
    return firmest.values()


def _strengths(supports: list[Claim]) -> Iterable[Conflict]:
    of_source = defaultdict(list)
    for claim in supports:
        of_source[claim["source_id"]].append(claim)
    for claims in of_source.values():
        firmest, weakest = max(claims, key=_firmness), min(claims, key=_firmness)
        if firmest["certainty"] - weakest["certainty"] >= STRENGTH_GAP:
            yield _conflict("strength", firmest, weakest)
