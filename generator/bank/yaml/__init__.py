"""YAML, as far as a bank needs it: text with places instead of types, and errors in our words."""

from generator.bank.yaml.characters import decode
from generator.bank.yaml.compose import compose

__all__ = ["compose", "decode"]
