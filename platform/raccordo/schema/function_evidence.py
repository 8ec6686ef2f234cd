"""What is said of the evidence for managing each function together, and what coordinators put in its place."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import function_evidence, function_evidence_edits
from raccordo.function_evidence_edits import EvidenceInput
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.groups import FunctionEvidence
from raccordo.schema.refusals import Refusal

Letter: TypeAlias = Annotated[str, strawberry.argument(description="The legal letter, `a` to `l-bis`.")]
Prior: TypeAlias = Annotated[
    float, strawberry.argument(description="Between 0 (no benefit found) and 1 (benefit found).")
]
Source: TypeAlias = Annotated[
    str, strawberry.argument(description="The study, or where the value is written.")
]
Version: TypeAlias = Annotated[
    int, strawberry.argument(description="The version that was seen; 0 while nobody has changed it.")
]
SaveEvidenceResult: TypeAlias = Annotated[
    FunctionEvidence | Refusal,
    strawberry.union("SaveEvidenceResult", description="What is in force now, or why not."),
]
RestoreEvidenceResult: TypeAlias = Annotated[
    FunctionEvidence | Refusal,
    strawberry.union("RestoreEvidenceResult", description="What ships, in force again, or why not."),
]


def _every(info: Info) -> list[function_evidence.FunctionEvidence]:
    return list(info.context.catalogue.evidence.values())


async def _save(info: Info, function: Letter, prior: Prior, source: Source, version: Version = 0) -> Any:
    wanted = EvidenceInput(function=function, prior=prior, source=source)
    return await answer(info, lambda: function_evidence_edits.save(info.context.actor, wanted, version))


async def _restore(info: Info, function: Letter, version: Version = 0) -> Any:
    return await answer(info, lambda: function_evidence_edits.restore(info.context.actor, function, version))


@strawberry.type
class EvidenceQuery:
    function_evidence: list[FunctionEvidence] = described(
        "What is in force for every fundamental function, in the order of the law.", _every
    )


@strawberry.type
class EvidenceMutation:
    save_function_evidence: SaveEvidenceResult = described(
        "Put another value, with its source, in force for a function; only coordinators.",
        _save,
        cost=WRITING,
        right=("save", "function_evidence"),
    )
    restore_function_evidence: RestoreEvidenceResult = described(
        "Put the value that ships in force again.",
        _restore,
        cost=WRITING,
        right=("restore", "function_evidence"),
    )
