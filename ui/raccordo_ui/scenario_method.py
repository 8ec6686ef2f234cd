"""How groups are proposed: every objective, weight and limit, read from the code that computes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import legal_rules
from raccordo.days import today
from raccordo.scenario_input import DEFAULT_WEIGHTS
from raccordo_graph import anchoring, exchanging, partition, set_partitioning
from raccordo_graph.objectives import UNIT_KM
from raccordo_graph.partition_version import PARTITION_VERSION
from raccordo_ui import scenario_asking as asking
from raccordo_ui.language import language_of
from raccordo_ui.render import render

FORMULAS = {
    "numero": "e = Σ p / s − 1",
    "equilibrio": "e²",
    "vicinanza": "Σ d / {km} km",
    "somiglianza": "Σ |z − z̄|",
    "comunita": "Σ (1 − q)",
    "bisogni": "Σ (1 − j)",
}


async def show(request: Request) -> Response:
    language, law = language_of(request), legal_rules.reference_size(today())
    view = {
        "rules": [
            {
                "name": label.say(language),
                "hint": hint.say(language),
                "formula": FORMULAS[name].format(km=round(UNIT_KM)),
                "weight": DEFAULT_WEIGHTS[objective],
            }
            for name, (objective, label, hint) in asking.WEIGHTS.items()
        ],
        "law": law.threshold if law else None,
        "norm": law.norm if law else "",
        "steps": partition.STEPS,
        "pool": set_partitioning.POOL,
        "nodes": set_partitioning.NODES,
        "dividing": exchanging.DIVIDING,
        "anchors": anchoring.OFFERED,
        "anchor_weights": (anchoring.BORDER, anchoring.NEARNESS, anchoring.COMMUNITY),
        "version": PARTITION_VERSION,
    }
    return render(request, "scenarios/method.html", view)


routes = [Route("/gestioni-associate/metodo", show, name="scenario_method")]
