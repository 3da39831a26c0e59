"""The frozen types that flow through the pipeline, in the order in which they appear.

``request`` is what a user asks for; ``source`` is what an author wrote and where; ``bank`` is what
it means, of which ``domain`` and ``part`` are the larger half; ``value`` is what parameters may be,
``formula`` what a formula says; ``variant`` fixes them; ``solution`` answers it; ``document`` is
what people read, ``figure`` what they look at; ``form`` is what one ``student`` gets, and what is
written to disk.

Every type is a frozen, slotted, keyword-only dataclass built of tuples, so that a value can be
shared between processes and used as a cache key. An invalid one cannot be constructed. Nothing
here imports anything of gen-quiz.
"""
