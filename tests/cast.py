"""Who appears in the tests: two mountain villages, a city on a lake, a laboratory, a coordinator."""

from __future__ import annotations

from raccordo.models import BodyKind, Role
from raccordo.need_input import NeedInput
from raccordo.offer_input import OfferInput
from raccordo.people import Actor

PASTURO = "097065"
BALLABIO = "097004"
LECCO = "097042"
VALLEY = "valsassina-valvarrone-val-d-esino-e-riviera"  # of Pasturo and Ballabio, not of Lecco


def officer_of(istat_code: str) -> Actor:
    return Actor(role=Role.OFFICER, body_kind=BodyKind.MUNICIPALITY, body_code=istat_code, demo=True)


PASTURO_OFFICER = officer_of(PASTURO)
BALLABIO_OFFICER = officer_of(BALLABIO)
LECCO_OFFICER = officer_of(LECCO)
VALLEY_OFFICER = Actor(role=Role.OFFICER, body_kind=BodyKind.MOUNTAIN_COMMUNITY, body_code=VALLEY, demo=True)
LABORATORY = Actor(role=Role.LABORATORY_MANAGER, laboratory="infralab", demo=True)
COORDINATOR = Actor(role=Role.COORDINATOR, demo=True, second_factor=True)

NEED = NeedInput(
    title="Un ponte vecchio sul torrente",
    description="Il ponte sul torrente Pioverna è vecchio, passano i camion della segheria e non abbiamo l’ingegnere.",
)

OFFER = OfferInput(
    kind="THESIS",
    title="Una tesi su un ponte vecchio",
    text="Si cerca un ponte di un piccolo comune da rilevare e da controllare con sensori poco costosi.",
    details={
        "level": "MASTER",
        "duration_months": "6",
        "language": "IT_EN",
        "town_provides": "L’accesso al ponte e i disegni, se ci sono.",
    },
)
