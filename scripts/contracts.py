"""A contract for import-linter: a package imports the standard library and what is named, and nothing else.

Where a `forbidden` contract lists what may not come in, this one lists what may, so that a dependency that
nobody thought of breaks it too. It looks at direct imports only and never at what they lead to.
"""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.imports import Module


class OnlyImportsContract(Contract):
    """`source_modules`: packages that are held to it; `allowed_modules`: packages they may import."""

    type_name = "only_imports"

    source_modules = fields.SetField(subfield=fields.ModuleField())
    allowed_modules = fields.SetField(subfield=fields.ModuleField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        sources, allowed = _names(self.source_modules), _names(self.allowed_modules)
        strangers = sorted(
            (importer, imported)
            for importer in graph.modules
            if _belongs(importer, sources)
            for imported in graph.find_modules_directly_imported_by(importer)
            if not _is_standard(imported) and not _belongs(imported, sources | allowed)
        )
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["strangers"]:
            output.print_error(f"{importer} imports {imported}, which is not among what it may import.")


def _names(modules: object) -> set[str]:
    """The names in a field, which is a set of modules once the contract is made."""
    return {module.name for module in cast("set[Module]", modules)}


def _belongs(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
