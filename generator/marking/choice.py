"""Options by their letters, with the credit that the key gives to each."""

from __future__ import annotations

from fractions import Fraction

from generator.language.faults import Fault
from generator.marking.letters import places
from generator.marking.mark import Mark, partly, refused, right, unreadable
from generator.model.document import MistakeNote, PartAnswer
from generator.model.solution import ChoiceKey


def mark_choice(answer: PartAnswer, response: str) -> Mark:
    """Add up what the chosen options earn; fines never make it less than nothing."""
    key = answer.key
    assert isinstance(key, ChoiceKey)  # noqa: S101 - by the table
    try:
        chosen = dict.fromkeys(places(response, len(key.options)))
    except Fault as fault:
        return refused(fault)
    if len(chosen) > 1 and not key.multiple:
        return unreadable("one option is asked for, and these are several")
    share = sum((key.share(key.options[place]) for place in chosen), Fraction(0))
    if share == 1:
        return right()
    note = _mistake(answer, chosen)
    return partly(max(share, Fraction(0)), _message(key, chosen), note)


def _mistake(answer: PartAnswer, chosen: dict[int, None]) -> MistakeNote | None:
    """What is known of the first wrong option that was chosen."""
    notes = {note.option: note for note in answer.mistakes}
    return next((notes[place] for place in chosen if place in notes), None)


def _message(key: ChoiceKey, chosen: dict[int, None]) -> str:
    """What went wrong, without giving the key away."""
    if not key.multiple:
        return "That is not the right option."
    wrong = sum(not key.options[place].right for place in chosen)
    missing = sum(option.right for option in key.options) - (len(chosen) - wrong)
    said = [f"{wrong} of the chosen options {'is' if wrong == 1 else 'are'} wrong"] if wrong else []
    said += (
        [f"{missing} right {'one is' if missing == 1 else 'ones are'} missing"] if missing else []
    )
    sentence = " and ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}."
