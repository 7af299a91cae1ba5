"""Read linked data as tools of others do, without a network: what contexts say is said here."""

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from rdflib import Graph
from requests import Response
from rocrate_validator.models import ValidationSettings
from rocrate_validator.services import validate
from rocrate_validator.utils.http import HttpRequester

OA, AS, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
LINK = {"@type": "@id"}
# What of http://www.w3.org/ns/anno.jsonld the exports use, by its vocabularies: a key that is not
# among these is none of a web annotation.
TERMS = {
    "id": "@id",
    "type": "@type",
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector")},
    **{name: f"{OA}{name}" for name in ("exact", "start", "end", "classifying", "describing")},
    "tagging": f"{OA}tagging",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "body": {"@id": f"{OA}hasBody", **LINK},
    "target": {"@id": f"{OA}hasTarget", **LINK},
    "source": {"@id": f"{OA}hasSource", **LINK},
    "selector": {"@id": f"{OA}hasSelector", **LINK},
    "refinedBy": {"@id": f"{OA}refinedBy", **LINK},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "rights": {"@id": "http://purl.org/dc/terms/rights", **LINK},
    "created": "http://purl.org/dc/terms/created",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": f"{RDF}value",
    "first": {"@id": f"{AS}first", **LINK},
    "partOf": {"@id": f"{AS}partOf", **LINK},
    "items": {"@id": f"{AS}items", "@container": "@list", **LINK},
    "startIndex": f"{AS}startIndex",
    "total": f"{AS}totalItems",
}


def unknown_words(content):
    """Keys, types, motivations and purposes that a web annotation does not know."""
    if isinstance(content, list):
        return set().union(*map(unknown_words, content))
    if not isinstance(content, dict):
        return set()
    used = {key for key in content if not key.startswith("@")}
    used |= {content[key] for key in ("type", "motivation", "purpose") if key in content}
    return (used - TERMS.keys()).union(*map(unknown_words, content.values()))


def annotation_graph(content, base):
    """Web annotations as a graph, read where they are published."""
    graph = Graph()
    known = json.dumps({**content, "@context": {**TERMS, "@base": base}})
    return graph.parse(data=known, format="json-ld", publicID=base)


def crate_issues(folder):
    """What the validator of RO-Crates finds wrong in a folder, by the profile of version 1.1."""
    answer = Response()
    answer.status_code = 200
    answer.headers["Content-Type"] = "application/ld+json"
    # The library ships that of a later version, in which the words used here mean the same.
    answer._content = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
    with TemporaryDirectory() as place:
        # It takes the folder's path for an address, in which a space would be a fault.
        crate = Path(place) / "crate"
        crate.symlink_to(Path(folder).resolve())
        settings = ValidationSettings(
            rocrate_uri=str(crate), profile_identifier="ro-crate-1.1", offline=True
        )
        with patch.object(HttpRequester, "get", lambda *_, **__: answer, create=True):
            return [issue.message for issue in validate(settings).get_issues()]
