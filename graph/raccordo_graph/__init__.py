"""Raccordo's graph: pure functions on networkx that rank, explain and compare. Values in, values out."""

from raccordo_graph.abstention import Service, Serving, serves
from raccordo_graph.bands import BANDS, Band
from raccordo_graph.counterfactuals import Help, helps
from raccordo_graph.expertise import Evidence, Expertise, Fit
from raccordo_graph.factors import WEIGHTS, Factor
from raccordo_graph.facts import (
    Campus,
    Concept,
    Department,
    Facts,
    Function,
    Laboratory,
    Municipality,
    Sector,
    Term,
    Theme,
)
from raccordo_graph.feedback import Answer, Answered
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.initiatives import Wanted
from raccordo_graph.knowledge import build
from raccordo_graph.proposing import ProposedConcept, proposed
from raccordo_graph.publications import Profile, Publication, archive
from raccordo_graph.ranking import Match, NeedMatch, rank, rank_needs
from raccordo_graph.reasons import Reasons, SharedWord
from raccordo_graph.restating import restated
from raccordo_graph.similarity import Similar, similar
from raccordo_graph.understanding import NeedWord, Topic, Understanding, understand, without
from raccordo_graph.version import CODE_VERSION

__all__ = [
    "BANDS",
    "CODE_VERSION",
    "WEIGHTS",
    "Answer",
    "Answered",
    "Band",
    "Campus",
    "Concept",
    "Department",
    "Evidence",
    "Expertise",
    "Factor",
    "Facts",
    "Fit",
    "Function",
    "Help",
    "Index",
    "Laboratory",
    "Match",
    "Municipality",
    "NeedMatch",
    "NeedWord",
    "Place",
    "Profile",
    "ProposedConcept",
    "Publication",
    "Reasons",
    "Sector",
    "Service",
    "Serving",
    "SharedWord",
    "Similar",
    "Term",
    "Theme",
    "Topic",
    "Understanding",
    "Wanted",
    "archive",
    "build",
    "helps",
    "proposed",
    "rank",
    "rank_needs",
    "restated",
    "serves",
    "similar",
    "understand",
    "without",
]
