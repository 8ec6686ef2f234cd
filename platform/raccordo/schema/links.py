"""The types of the schema, named before they are written: they refer to each other in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from raccordo.schema.groups import Partner
    from raccordo.schema.laboratory_profiles import ProfileConcept, SemesterPlaces
    from raccordo.schema.matches import AlikeNeed, Match
    from raccordo.schema.needs import Need
    from raccordo.schema.offers import Offer, OfferMatch
    from raccordo.schema.research import Campus, Department, Laboratory, School
    from raccordo.schema.territory import (
        MountainCommunity,
        Municipality,
        Neighbour,
        Province,
        TerritorialBody,
        UnionOfMunicipalities,
    )
    from raccordo.schema.vocabulary import FundamentalFunction, StrategicSector, Theme

_territory = strawberry.lazy("raccordo.schema.territory")
_research = strawberry.lazy("raccordo.schema.research")
_vocabulary = strawberry.lazy("raccordo.schema.vocabulary")
_needs = strawberry.lazy("raccordo.schema.needs")
_profiles = strawberry.lazy("raccordo.schema.laboratory_profiles")
_matches = strawberry.lazy("raccordo.schema.matches")
_offers = strawberry.lazy("raccordo.schema.offers")
_groups = strawberry.lazy("raccordo.schema.groups")

ABody: TypeAlias = Annotated["TerritorialBody", _territory]
AMunicipality: TypeAlias = Annotated["Municipality", _territory]
AProvince: TypeAlias = Annotated["Province", _territory]
AMountainCommunity: TypeAlias = Annotated["MountainCommunity", _territory]
AUnion: TypeAlias = Annotated["UnionOfMunicipalities", _territory]
ANeighbour: TypeAlias = Annotated["Neighbour", _territory]
ALaboratory: TypeAlias = Annotated["Laboratory", _research]
ADepartment: TypeAlias = Annotated["Department", _research]
ASchool: TypeAlias = Annotated["School", _research]
ACampus: TypeAlias = Annotated["Campus", _research]
ATheme: TypeAlias = Annotated["Theme", _vocabulary]
AFunction: TypeAlias = Annotated["FundamentalFunction", _vocabulary]
ASector: TypeAlias = Annotated["StrategicSector", _vocabulary]
ANeed: TypeAlias = Annotated["Need", _needs]
AProfileConcept: TypeAlias = Annotated["ProfileConcept", _profiles]
ASemesterPlaces: TypeAlias = Annotated["SemesterPlaces", _profiles]
AMatch: TypeAlias = Annotated["Match", _matches]
AnAlikeNeed: TypeAlias = Annotated["AlikeNeed", _matches]
AnOffer: TypeAlias = Annotated["Offer", _offers]
AnOfferMatch: TypeAlias = Annotated["OfferMatch", _offers]
APartner: TypeAlias = Annotated["Partner", _groups]
