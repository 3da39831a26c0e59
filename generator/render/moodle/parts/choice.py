"""Options that the bank offers: one to choose, or several."""

from __future__ import annotations

from generator.model.document import Blocks, ChoiceResponse, List
from generator.model.solution import ChoiceKey
from generator.render.moodle.gaps import Choice, Gap, Option, Part


def gaps(part: Part, key: ChoiceKey) -> tuple[Gap, ...]:
    """The options in the variant's own order.

    Each earns or costs what the key says. "None of these" stays the last.
    """
    notes = {note.option: note for note in part.answer.mistakes}
    options = []
    for number, (option, content) in enumerate(zip(key.options, _contents(part), strict=True)):
        note = notes.get(number)
        because = note.because if note else ()
        options.append(Option(content=content, share=key.share(option), because=because))
    return (
        Choice(
            points=part.question.points,
            options=tuple(options),
            multiple=key.multiple,
            ordered=any(option.none for option in key.options),
        ),
    )


def right_options(part: Part, key: ChoiceKey) -> Blocks:
    """The right options in full: Moodle shuffles, so their letters would mean nothing."""
    right = tuple(
        content
        for option, content in zip(key.options, _contents(part), strict=True)
        if option.right
    )
    return right[0] if len(right) == 1 else (List(items=right),)


def _contents(part: Part) -> tuple[Blocks, ...]:
    response = part.question.response
    if not isinstance(response, ChoiceResponse):
        raise TypeError("a part whose key is a choice is answered by choosing")
    return response.options
