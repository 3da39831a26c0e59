"""The text of a bank -> `generator.model.bank.Bank`, with every finding at its line and column.

``read`` is the way in; ``yaml`` and ``grammar`` are its two steps, ``checks`` and ``advice`` what
it does last. ``schema`` has the whole grammar, also as JSON Schema for editors.
"""
