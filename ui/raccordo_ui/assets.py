"""The static files: read once, named by their content, kept by browsers for a year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file and the first letters of its hash."""

    name: str
    content: bytes
    digest: str

    @property
    def address(self) -> str:
        return f"/static/{self.digest}/{self.name}"

    @property
    def media_type(self) -> str:
        return guess_type(self.name)[0] or "application/octet-stream"


@cache
def assets() -> dict[str, Asset]:
    """Every file of the folder `static`, by name."""
    folder = files("raccordo_ui").joinpath("static")
    return {
        entry.name: _asset(entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.is_file()
    }


def _asset(name: str, content: bytes) -> Asset:
    return Asset(name, content, sha256(content).hexdigest()[:12])


def static(name: str) -> str:
    """The address of a static file; KeyError when there is none of that name."""
    return assets()[name].address


async def asset(request: Request) -> Response:
    found = assets().get(request.path_params["name"])
    # An older page may ask for an older hash: it gets what there is now, and nobody keeps that for long.
    if found is None:
        raise HTTPException(404)
    kept = FOREVER if found.digest == request.path_params["digest"] else "no-cache"
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": kept})


async def favicon(_: Request) -> Response:
    found = assets()["raccordo.svg"]
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": "max-age=86400"})


def htmx_copy(file: Path) -> Route:
    """The route that serves a local copy of htmx, for places out of reach of its pinned address."""
    content = file.read_bytes()

    async def htmx(_: Request) -> Response:
        return Response(content, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    return Route("/static/htmx.js", htmx)


routes = [
    Route("/static/{digest}/{name}", asset, name="static"),
    Route("/favicon.ico", favicon, name="favicon"),
]
