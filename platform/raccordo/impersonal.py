"""What holds no personal data: whole tables, and the remaining columns of the tables that hold some."""

from __future__ import annotations

from collections.abc import Mapping

from tortoise.models import Model

from raccordo.models import (
    AuditEntry,
    Border,
    Campus,
    CatalogueState,
    CitedRanking,
    Computation,
    ConflictOfInterest,
    Department,
    FundamentalFunction,
    Institution,
    Laboratory,
    LaboratorySector,
    LaboratoryTheme,
    Match,
    MountainCommunity,
    Municipality,
    Need,
    NeedFunction,
    NeedParty,
    NeedTheme,
    NoDelegation,
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
)

# Reference data about bodies, laboratories and words, and links between rows.
TABLES: frozenset[type[Model]] = frozenset(
    {
        Border,
        Campus,
        CatalogueState,
        CitedRanking,
        Computation,
        Department,
        FundamentalFunction,
        Institution,
        Laboratory,
        LaboratorySector,
        LaboratoryTheme,
        MountainCommunity,
        Municipality,  # its mailbox is the office's own
        NeedFunction,
        NeedParty,
        NeedTheme,
        NoDelegation,
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
        Need: (
            "external_id owner_id status example environmental social economic deadline municipal_profile "
            "associable evidence source version changed_in"
        ),
        ProposedNeed: "poster_id municipality_id functions themes axes state need_id version",
        Match: (
            "id need_id laboratory_id state snapshot_id score position asked_at answered_at decline_reason "
            "passed_from_id accepted_by_owner accepted_by_laboratory changed_at version"
        ),
        Partnership: "id match_id started_at ended_at outcome version",
        ConflictOfInterest: "id laboratory_id body_id declared_at",
        AuditEntry: "previous digest",
        OutboxEvent: "id kind created_at due_at attempts done_at problem",
    }.items()
}
