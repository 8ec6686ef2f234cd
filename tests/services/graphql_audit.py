"""The GraphQL over HTTP audit of graphql-http: what a server does that the specification does not allow."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass

from services.browser import NODE_MODULES, npm_file
from services.skips import missing

SCRIPT = """
import { serverAudits } from 'graphql-http';
const audits = serverAudits({ url: process.argv.at(-1), fetchFn: fetch });
const results = await Promise.all(audits.map(async (audit) => ({ audit, result: await audit.fn() })));
console.log(JSON.stringify(results.map(({ audit, result }) =>
  ({ id: audit.id, name: audit.name, status: result.status, reason: result.reason ?? '' }))));
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One question of the audit and its answer: `ok`, `warn` (SHOULD), `notice` (MAY) or `error` (MUST)."""

    id: str
    name: str
    status: str
    reason: str


def audit(url: str) -> list[Finding]:
    """Every question of the audit put to the server at `url`."""
    node = shutil.which("node")
    if node is None:
        missing("Node")
    npm_file("graphql-http/package.json")
    told = subprocess.run(
        [node, "--input-type=module", "--eval", SCRIPT, url],
        capture_output=True, text=True, check=True, timeout=60, cwd=NODE_MODULES.parent,
    )  # fmt: skip
    return [Finding(**finding) for finding in json.loads(told.stdout)]
