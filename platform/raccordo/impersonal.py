"""What holds no personal data: whole tables, and the remaining columns of the tables that hold some."""

from __future__ import annotations

from collections.abc import Mapping

from tortoise.models import Model

from raccordo.models import (
    AssignmentLock,
    AssignmentPlan,
    AssignmentSuggestion,
    AssociatedManagement,
    AssociationMember,
    AssociationProposal,
    AuditEntry,
    Border,
    Campus,
    CatalogueState,
    CitedRanking,
    Computation,
    ConflictOfInterest,
    Correction,
    Department,
    EvidenceEdit,
    FundamentalFunction,
    IgnoredWord,
    Institution,
    Laboratory,
    LaboratoryCapacity,
    LaboratoryConcept,
    LaboratoryHint,
    LaboratoryProfile,
    LaboratoryPublication,
    LaboratorySector,
    LaboratoryStatedTheme,
    LaboratoryTheme,
    Lesson,
    LexiconTerm,
    ManagementFunction,
    ManagementMember,
    Match,
    MountainCommunity,
    Municipality,
    Need,
    NeedFunction,
    NeedParty,
    NeedTheme,
    NoDelegation,
    NoSuggestion,
    Offer,
    OfferInterest,
    OutboxEvent,
    Partnership,
    Person,
    ProposedNeed,
    Province,
    School,
    StrategicSector,
    Succession,
    TerritorialBody,
    Theme,
    ThemeDepartment,
    ThemeFunction,
    ThemeSector,
    Thread,
    UnionMember,
    UnionOfMunicipalities,
    UnknownWord,
)

# Reference data about bodies, laboratories and words, and links between rows.
TABLES: frozenset[type[Model]] = frozenset(
    {
        AssignmentSuggestion,
        AssociatedManagement,
        Border,
        Campus,
        CatalogueState,
        Computation,
        Correction,  # the lexicon's own words, and a body; never a text
        Department,
        EvidenceEdit,
        FundamentalFunction,
        IgnoredWord,
        Institution,
        Laboratory,
        LaboratoryCapacity,
        LaboratoryProfile,
        LaboratoryPublication,  # titles, years and DOIs: authors are not kept
        LaboratorySector,
        LaboratoryTheme,
        Lesson,
        LexiconTerm,
        ManagementFunction,
        ManagementMember,
        MountainCommunity,
        Municipality,  # its mailbox is the office's own
        NeedFunction,
        NeedParty,
        NeedTheme,
        NoDelegation,
        OfferInterest,
        NoSuggestion,
        Province,
        School,
        StrategicSector,
        Succession,
        TerritorialBody,
        Theme,
        ThemeDepartment,
        ThemeFunction,
        ThemeSector,
        Thread,
        UnionMember,
        UnionOfMunicipalities,
    }
)
COLUMNS: Mapping[type[Model], frozenset[str]] = {
    model: frozenset(columns.split())
    for model, columns in {
        Person: "demo version",
        CitedRanking: "id name need_number snapshot_id cited_at",
        UnknownWord: "id body_id on",
        Need: (
            "external_id owner_id status example environmental social economic deadline municipal_profile "
            "intent amount starts sites rejected associable evidence source version changed_in"
        ),
        Offer: (
            "kind laboratory_id themes functions radius_km opens_on closes_on status published_at changed_at "
            "ended_at version changed_in"
        ),
        ProposedNeed: "poster_id municipality_id functions themes axes state need_id version intent amount starts sites rejected",
        AssociationProposal: (
            "function_id form lead_id proposer_id snapshot_id state management_id thread_id version"
        ),
        AssociationMember: "body_id",
        Match: (
            "id need_id laboratory_id state snapshot_id score position asked_at answered_at decline_reason "
            "passed_from_id kind semester accepted_by_owner accepted_by_laboratory changed_at version"
        ),
        Partnership: "id match_id started_at ended_at outcome version",
        LaboratoryConcept: "laboratory_id",
        LaboratoryStatedTheme: "laboratory_id",
        LaboratoryHint: "id need_id laboratory_id other_id given_at",
        ConflictOfInterest: "id laboratory_id body_id declared_at",
        AssignmentLock: "id need_id laboratory_id kind fixed_at",
        AssignmentPlan: "id scenario token snapshot_id figures result created_at",
        AuditEntry: "previous digest",
        OutboxEvent: "id kind created_at due_at attempts done_at problem",
    }.items()
}
