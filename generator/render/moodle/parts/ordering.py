"""Items, each with a dropdown of places.

Moodle has a question type for this only from 4.4 on, and an older one loses such questions; its
`match` shuffles the places. Dropdowns of a cloze question list them in order, everywhere.
"""

from __future__ import annotations

from generator.model.document import Blocks, List, OrderingResponse
from generator.model.solution import OrderingKey
from generator.render.moodle.gaps import Gap, Part, Pick


def gaps(part: Part, key: OrderingKey) -> tuple[Gap, ...]:
    """A dropdown for each item: its place, from 1."""
    places = tuple(str(place) for place in range(1, len(key.places) + 1))
    points = part.question.points / len(places)
    return tuple(
        Pick(points=points, stem=item, choices=places, right=place)
        for item, place in zip(_items(part), key.places, strict=True)
    )


def in_order(part: Part, key: OrderingKey) -> Blocks:
    """The items in their right order."""
    items = _items(part)
    return (List(items=tuple(items[number] for number in key.order), start=1),)


def _items(part: Part) -> tuple[Blocks, ...]:
    response = part.question.response
    if not isinstance(response, OrderingResponse):
        raise TypeError("a part whose key is an order is answered by ordering")
    return response.items
