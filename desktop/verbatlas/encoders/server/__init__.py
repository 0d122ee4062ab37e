"""Embeddings from a server that speaks the OpenAI protocol; everything that asks one runs in the engine's process."""

from verbatlas.encoders.server.address import DEFAULT_ADDRESS, is_loopback
from verbatlas.encoders.server.check import ServerCheck
from verbatlas.encoders.server.comparison import Agreement

__all__ = ["DEFAULT_ADDRESS", "Agreement", "ServerCheck", "is_loopback"]
