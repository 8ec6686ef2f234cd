"""The schema as a contract: committed, described, without breaking changes, with the same inputs as the pages."""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    Undefined,
    build_schema,
    find_breaking_changes,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from raccordo import schema
from raccordo.need_input import NeedInput
from raccordo.schema.connections import ARGUMENTS
from raccordo.schema.definition import CORE
from raccordo.schema.refusals import graphql_name

COMMITTED = files("raccordo.schema").joinpath("schema.graphql").read_text("utf-8")
TYPES = {name: kind for name, kind in CORE.type_map.items() if not name.startswith("__")}
FIELDED = [
    kind
    for kind in TYPES.values()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
]
# Lists without pages hold things that cannot grow: at most five of a need, the parts of one score, the
# words of one row. Everything that more data makes longer has pages.
BOUNDED = {
    "Actor.scopes", "Need.functions", "Need.themes", "Need.axes", "Need.inferred", "NeedState.functions", "NeedState.themes",
    "NeedState.axes", "Match.factors", "Reasons.sharedWords", "Reasons.sharedThemes", "Reasons.path",
    "AlikeNeed.sharedWords", "AlikeNeed.sharedThemes", "Preview.functions", "Preview.themes", "Preview.axes",
    "Theme.functions", "Theme.departments", "Theme.sectors", "Theme.sdgs", "Theme.ercPanels",
    "Theme.pnrrComponents", "Theme.axes", "Theme.keywordsIt", "Theme.keywordsEn", "Laboratory.themes",
    "Laboratory.sectors", "Laboratory.keywordsIt", "Laboratory.keywordsEn", "FundamentalFunction.servicesIt",
    "FundamentalFunction.servicesEn", "Municipality.unions", "Municipality.predecessors", "Refusal.fields",
    "MatchRecord.parties", "MatchRecord.passedTo", "MatchRecord.timeline", "Query.parties", "Query.myConflicts",
    "ProposedNeed.functions", "ProposedNeed.themes", "ProposedNeed.axes", "Actor.follows",
    "Preview.helps", "Citation.weights", "CitedMatch.factors", "RankingComparison.causes",
    "AssignmentPlan.floors", "AssignmentPlan.reasons", "AssignmentPlan.repairs", "AssignmentReason.needs",
    "AssignmentReason.laboratories", "AssignmentRepair.sentences",
    "AuditVerification.breaks", "Reasons.sharedConcepts", "Serving.services", "Serving.functions", "Service.words",
    "Offer.themes", "Offer.functions", "Offer.inferred", "OfferState.themes", "OfferState.functions",
    "OfferReasons.sharedWords", "OfferReasons.sharedConcepts", "OfferReasons.sharedThemes", "OfferMatch.factors",
    "Need.sites", "Need.rejected", "NeedState.sites", "NeedState.rejected", "Preview.chips", "Preview.same", "Chip.words", "Intake.needs", "Intake.leftovers",
    "LexiconTerm.variants", "LexiconTerm.concepts", "LexiconConcept.themes", "LexiconConcept.functions", "Lesson.proposed",
    "ImportedLexicon.added", "ImportedLexicon.changed", "ImportedLexicon.removed",
    "AssociationProposal.members", "AssociationProposal.steps", "AssociationProposal.owedBy",
    "AssociatedManagement.functions",
    "Laboratory.concepts", "Laboratory.languages", "Laboratory.semesterPlaces", "LaboratoryProfile.concepts", "LaboratoryProfile.themes",
    "LaboratoryProfile.languages", "LaboratoryProfile.places", "LaboratoryProfile.publications",
    "LaboratoryProfile.proposals", "Query.laboratoryHints", "ProfileRehearsal.lines",
    "Partner.factors", "AssociationGroup.members", "AssociationGroup.factors", "AssociationGroup.obliged",
    "AssociationGroup.law", "AssociationGroup.notesIt", "AssociationGroup.notesEn", "AssociationGroup.needs",
    "AssociationGroup.laboratories", "Cited.rules", "PooledLaboratory.fits", "GroupWhatIf.differencesIt",
    "GroupWhatIf.differencesEn",
    "AssociationGroup.costShares", "Leadership.couldLead", "CostSharing.shares", "ScenarioChange.first",
    "ScenarioChange.second", "ScenarioChange.moved", "ScenarioChange.joined", "ScenarioChange.left",
    "ScenarioGroup.members", "ScenarioStranded.members", "ScenarioStranded.anchors",
    "Query.functionEvidence",
}  # fmt: skip


def test_nothing_that_a_client_relies_on_was_taken_away() -> None:
    changes = find_breaking_changes(build_schema(COMMITTED), build_schema(schema.sdl()))
    assert [change.description for change in changes] == []


def test_the_committed_schema_is_the_schema() -> None:
    assert schema.sdl() == COMMITTED, "say `make schema` and look at the difference"


def test_a_breaking_change_is_found() -> None:
    poorer = COMMITTED.replace("  toBeConfirmed: Boolean!", "  confirmed: Boolean!", 1)
    changes = find_breaking_changes(build_schema(COMMITTED), build_schema(poorer))
    assert [change.description for change in changes] == ["Field Laboratory.toBeConfirmed was removed."]


@pytest.mark.parametrize("kind", TYPES.values(), ids=str)
def test_every_type_field_argument_and_value_is_described(kind: GraphQLNamedType) -> None:
    missing = [] if kind.description else [kind.name]
    if isinstance(kind, GraphQLEnumType):
        missing += [name for name, value in kind.values.items() if not value.description]
    for name, field in getattr(kind, "fields", {}).items():
        missing += [] if field.description else [name]
        missing += [
            f"{name}({key}:)" for key, one in getattr(field, "args", {}).items() if not one.description
        ]
    assert missing == []


def test_every_list_has_pages_unless_it_cannot_grow() -> None:
    plain = {
        f"{kind.name}.{name}"
        for kind in FIELDED
        if not isinstance(kind, GraphQLInputObjectType) and not kind.name.endswith("Connection")
        for name, field in kind.fields.items()
        if is_list_type(get_nullable_type(field.type))
    }
    assert plain == BOUNDED


def test_every_connection_takes_the_four_arguments_of_relay() -> None:
    pages = [
        field
        for kind in FIELDED
        for field in kind.fields.values()
        if get_named_type(field.type).name.endswith("Connection")
    ]
    assert len(pages) > 30
    assert all(set(ARGUMENTS) <= set(field.args) for field in pages)


def test_an_owner_is_never_missing_and_can_be_any_territorial_body() -> None:
    need, body = CORE.get_type("Need"), CORE.get_type("TerritorialBody")
    assert isinstance(need, GraphQLObjectType)
    assert isinstance(body, GraphQLInterfaceType)
    assert str(need.fields["owner"].type) == "TerritorialBody!"
    assert {kind.name for kind in CORE.get_possible_types(body)} == {
        "Municipality",
        "Province",
        "MountainCommunity",
        "UnionOfMunicipalities",
    }


def test_both_doors_take_the_same_need() -> None:
    door = CORE.get_type("NeedInput")
    assert isinstance(door, GraphQLInputObjectType)
    assert list(door.fields) == [graphql_name(field.name) for field in fields(NeedInput)]
    needed = [name for name, field in door.fields.items() if field.default_value is Undefined]
    assert needed == ["title", "description"]


@pytest.mark.parametrize("word", ["Lab", "Union", "competence"])
def test_words_that_mislead_are_not_in_the_schema(word: str) -> None:
    assert word not in TYPES
