"""Tortoise models, one file per family. Nothing here decides anything: verbs live in `raccordo/<subject>.py`."""

from raccordo.models.audit import AuditEntry
from raccordo.models.needs import Need, NeedFunction, NeedStatus, NeedTheme
from raccordo.models.people import Membership, Person, Role
from raccordo.models.research import (
    Campus,
    Department,
    Laboratory,
    LaboratorySector,
    LaboratoryTheme,
    School,
    StrategicSector,
)
from raccordo.models.state import CatalogueState
from raccordo.models.territory import (
    BodyKind,
    Border,
    MountainCommunity,
    Municipality,
    Province,
    ProvinceKind,
    Succession,
    TerritorialBody,
    UnionMember,
    UnionOfMunicipalities,
)
from raccordo.models.vocabulary import (
    FundamentalFunction,
    Theme,
    ThemeDepartment,
    ThemeFunction,
    ThemeSector,
)

__all__ = [
    "AuditEntry",
    "BodyKind",
    "Border",
    "Campus",
    "CatalogueState",
    "Department",
    "FundamentalFunction",
    "Laboratory",
    "LaboratorySector",
    "LaboratoryTheme",
    "Membership",
    "MountainCommunity",
    "Municipality",
    "Need",
    "NeedFunction",
    "NeedStatus",
    "NeedTheme",
    "Person",
    "Province",
    "ProvinceKind",
    "Role",
    "School",
    "StrategicSector",
    "Succession",
    "TerritorialBody",
    "Theme",
    "ThemeDepartment",
    "ThemeFunction",
    "ThemeSector",
    "UnionMember",
    "UnionOfMunicipalities",
]
