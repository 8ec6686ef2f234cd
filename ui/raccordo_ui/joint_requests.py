"""The way from the needs of a group to one request: the form begun, and afterwards whom to invite."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from raccordo import catalogue, groups, joint_requests
from raccordo.days import today
from raccordo.groups import Evaluation, GroupInput
from raccordo.need_input import NeedInput
from raccordo.published import Municipality, Need
from raccordo.refusals import Refused
from raccordo_ui.language import address, to
from raccordo_ui.session import actor_of

NEW = "/bisogni/nuovo"
MOST = 60  # codes read from an address


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRequest:
    """What is asked for together: from which needs, led by whom, and the end of the form's address."""

    needs: tuple[Need, ...]
    lead: Municipality
    others: tuple[Municipality, ...]
    written: NeedInput
    asked: str


def way_to(group: Evaluation, language: str) -> str:
    """Where the request of a group is begun; nothing where there is too little to ask for together."""
    if not joint_requests.possible(group):
        return ""
    members = ",".join(group.group.members)
    lead = group.lead.istat_code
    return address(language, NEW, funzione=group.function.letter, comuni=members, capofila=lead, comune=lead)


def of_request(request: Request) -> JointRequest | None:
    """The request that the address begins; None where it names no group with needs of its own."""
    asked = request.query_params
    if "comuni" not in asked:
        return None
    wanted = GroupInput(
        function=asked.get("funzione", ""),
        members=tuple(asked["comuni"].split(",")),
        lead=asked.get("capofila") or None,
        on=today(),
    )
    picture = catalogue.current()
    try:
        group = groups.evaluate(picture, wanted)
    except Refused:
        return None
    if not joint_requests.possible(group):
        return None
    way = way_to(group, "it")
    return JointRequest(
        needs=group.pool.needs,
        lead=group.lead,
        others=joint_requests.to_invite(group),
        written=joint_requests.begun(picture, group),
        asked=way[way.index("?") :],
    )


def view_of(request: Request, writes_for: Municipality | None, *, new: bool) -> dict[str, object]:
    """What the form says of a joint request, and whether whoever publishes it is its lead."""
    joint = of_request(request) if new else None
    own = {actor_of(request).body_code, writes_for.istat_code if writes_for else None}
    return {"joint": joint, "leading": joint is not None and joint.lead.istat_code in own}


def invited(request: Request, number: int) -> str:
    """Where whoever published it goes next: to the invitations of a joint request, else to the need."""
    joint = of_request(request)
    if joint is None:
        return to(request, f"/bisogni/{number}")
    codes = ",".join(town.istat_code for town in (joint.lead, *joint.others))
    return to(request, f"/bisogni/{number}/insieme", comuni=codes)


def asked_for(request: Request) -> list[Municipality]:
    """The municipalities that the address of the invitations names."""
    picture = catalogue.current()
    codes = request.query_params.get("comuni", "").split(",")[:MOST]
    return [picture.municipalities[code] for code in dict.fromkeys(codes) if code in picture.municipalities]
