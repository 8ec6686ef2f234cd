"""The joint managements on which the matrix of rights acts, and how each right sees them."""

from __future__ import annotations

from collections.abc import Mapping

from cast import BALLABIO, PASTURO
from raccordo import associations, threads
from raccordo.association_input import AssociationInput
from raccordo.models import BodyKind
from raccordo.people import Actor
from raccordo.rights import Subject

# The municipalities that the forms name for a new joint management.
PASTURO_AND_MORE = Subject(
    bodies=frozenset((BodyKind.MUNICIPALITY, code) for code in (PASTURO, BALLABIO, "097036"))
)
PARTNER = "097083"  # shares every joint management of the stage, and is nobody's here


def municipality(code: str) -> frozenset[tuple[BodyKind, str]]:
    return frozenset({(BodyKind.MUNICIPALITY, code)})


async def joint(owner: Actor, code: str, private: str) -> int:
    """A joint management that this municipality proposed to another one, with a private talk about it."""
    wanted = AssociationInput(
        function="g", members=(code, PARTNER), lead=code, reason=f"{private} nella proposta"
    )
    record = await associations.propose(owner, wanted)
    await threads.post_on_association(owner, record.number, f"{private} fra comuni")
    return record.number


def together(code: str) -> Mapping[str, Subject]:
    """Each act on it, as the right to it sees the proposal."""
    both = Subject(bodies=municipality(code) | municipality(PARTNER))
    acts = "read write adhere decline withdraw choose_form record_step skip_step"
    return dict.fromkeys(acts.split(), both) | {"take_back": Subject(bodies=municipality(code))}
