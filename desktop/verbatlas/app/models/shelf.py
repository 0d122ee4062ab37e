"""What stands on the shelf of models: those that are offered, and whatever else is on this computer."""

from collections.abc import Iterable
from dataclasses import dataclass

from verbatlas.encoders import UNIVERSAL
from verbatlas.encoders.catalogue import CATALOGUE, CatalogueModel
from verbatlas.encoders.hub.installed import InstalledModel


@dataclass(frozen=True, slots=True)
class ShelfModel:
    """A model on the shelf.

    Attributes:
        name: How it is chosen.
        offered: What the catalogue says of it; None for others.
        installed: Its copy on this computer, the first that would be taken; None where there is none.
    """

    name: str
    offered: CatalogueModel | None = None
    installed: InstalledModel | None = None

    @property
    def is_here(self) -> bool:
        """Whether it can be used at once."""
        return self.installed is not None or (self.offered is not None and not self.offered.n_parameters)

    @property
    def is_transformer(self) -> bool:
        """Whether it is a model on this computer that says of itself how it is run, and can be run in several ways."""
        return self.installed is not None and self.name != UNIVERSAL

    @property
    def is_downloadable(self) -> bool:
        """Whether the hub can be asked for it."""
        return not self.is_here and (self.offered is None or bool(self.offered.hub_id))


def shelf(installed: Iterable[InstalledModel], *, wanted: Iterable[str] = ()) -> list[ShelfModel]:
    """Return all models, those that can be used at once before the others.

    Each half has the catalogue in its order, and then others.

    Args:
        installed: What is on this computer; of several copies the first counts.
        wanted: Names of the hub that were looked up and are not installed yet.
    """
    copies: dict[str, InstalledModel] = {}
    for model in installed:
        copies.setdefault(model.name, model)
    known = {model.name for model in CATALOGUE}
    others = [ShelfModel(name, installed=copy) for name, copy in copies.items() if name not in known]
    more = [ShelfModel(name) for name in dict.fromkeys(wanted) if name not in known and name not in copies]
    offered = [ShelfModel(model.name, model, copies.get(model.name)) for model in CATALOGUE]
    return sorted([*offered, *others, *more], key=lambda model: not model.is_here)
