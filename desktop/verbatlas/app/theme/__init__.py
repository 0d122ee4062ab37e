"""The look of the window: a few roles, a light and a dark set of colours for them."""

from verbatlas.app.theme.roles import ROLES, Roles
from verbatlas.app.theme.theme import AUTO, Theme, scheme_of

__all__ = ["AUTO", "ROLES", "Roles", "Theme", "scheme_of"]
