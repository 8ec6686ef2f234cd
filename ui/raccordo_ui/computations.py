"""The end of a computation, for whoever sees its progress; pages show it with templates/_computation.html."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import computations
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import read_form
from raccordo_ui.language import local_address, to
from raccordo_ui.session import actor_of


@needs_right("cancel", "computation")
async def cancel(request: Request) -> Response:
    form = await read_form(request)
    await computations.cancel(actor_of(request), request.path_params["token"])
    return RedirectResponse(local_address(form.text("then")) or to(request, "/"), status_code=303)


routes = [Route("/calcoli/{token}/annulla", cancel, methods=["POST"], name="cancel_computation")]
