"""The question of a variant that marks itself: every part that Moodle can mark, in one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile
from typing import Any

from markupsafe import Markup

from generator.model.solution import ExpressionKey
from generator.render.moodle.draft import NOTHING, Draft, GapView, PartView, Task, grade
from generator.render.moodle.gaps import Choice, Formula, Gap, Numerical, Part, Pick, Typed, Verdict
from generator.render.moodle.grades import weights
from generator.render.moodle.parts import listing
from generator.render.moodle.questions import Native, cloze, match, native, stack
from generator.render.moodle.rich import typed
from generator.render.moodle.stack import trials
from generator.render.moodle.tries import hints, penalty


def automatic(task: Task) -> str:
    """The question as XML; empty if Moodle can mark no part of the variant."""
    parts = [part for part in task.parts if part.gaps]
    if not parts:
        return ""
    gaps = tuple(gap for part in parts for gap in part.gaps)
    if any(isinstance(gap, Formula) for gap in gaps):
        return _stack(Draft(task, parts, guard=stack.shield), gaps)
    if match.suits(gaps):
        return _match(Draft(task, parts), gaps)
    kind = native(gaps)
    if kind is None:
        return _cloze(Draft(task, parts, guard=cloze.shield), gaps)
    return _native(Draft(task, parts), kind, gaps[0])


def _native(draft: Draft, kind: Native, gap: Gap) -> str:
    """A question of the type that Moodle has for its only gap."""
    part = draft.parts[0]
    view = _below(part, gap, draft)
    told = hints(draft) if kind.tries else ()
    switches: dict[str, Any] = dict(kind.switches(gap))
    return draft.xml(
        kind.template,
        text=draft.text([PartView(ask=draft.ask(part), gaps=(view,))]),
        grade=grade(gap.points),
        penalty=penalty(told) if kind.tries else "1",
        hints=told,
        answers=kind.answers(gap, draft.page, draft.style),
        **switches,
    )


def _match(draft: Draft, picks: Sequence[Any]) -> str:
    """A matching part alone."""
    (part,) = draft.parts
    told = hints(draft)
    return draft.xml(
        "match.xml.j2",
        text=draft.text([PartView(ask=draft.ask(part))]),
        grade=grade(part.question.points),
        penalty=penalty(told),
        hints=told,
        stems=match.stems(tuple(picks), draft.page),
    )


def _cloze(draft: Draft, gaps: tuple[Gap, ...]) -> str:
    """All gaps in one text. Moodle: "its mark is the sum of its weights"."""
    shares = weights([gap.points for gap in gaps])
    in_points = all(share == gap.points for share, gap in zip(shares, gaps, strict=True))
    codes = iter(
        [cloze.code(gap, share, draft.style) for gap, share in zip(gaps, shares, strict=True)]
    )
    views = [
        PartView(
            ask=draft.ask(part, points=in_points),
            listing=tuple(draft.page.blocks(text, label) for label, text in listing(part)),
            gaps=tuple([_view(part, gap, draft, next(codes)) for gap in part.gaps]),
        )
        for part in draft.parts
    ]
    told = hints(draft)
    return draft.xml(
        "cloze.xml.j2",
        text=draft.text(views),
        grade=str(sum(shares)),
        penalty=penalty(told),
        hints=told,
    )


def _stack(draft: Draft, gaps: tuple[Gap, ...]) -> str:
    """All gaps in one text, each with a box and a response tree. STACK: weights may be any."""
    told = hints(draft)
    cost = penalty(told)
    boxes = [stack.box(gap, number, draft) for number, gap in enumerate(gaps, start=1)]
    codes = iter(stack.code(box) for box in boxes)
    views = [
        PartView(
            ask=draft.ask(part, points=True),
            gaps=tuple(
                replace(_below(part, gap, draft, next(codes)), standing=True) for gap in part.gaps
            ),
        )
        for part in draft.parts
    ]
    return draft.xml(
        "stack.xml.j2",
        text=draft.text(views),
        grade=grade(sum((gap.points for gap in gaps), Fraction(0))),
        penalty=cost,
        hints=told,
        version=stack.VERSION,
        note=draft.variant,
        variables=stack.variables(boxes, draft.style),
        boxes=boxes,
        tests=trials.tests(boxes, cost),
    )


# --- what stands around a gap ------------------------------------------------------------------


def _view(part: Part, gap: Gap, draft: Draft, code: Markup) -> GapView:
    return _VIEWS[type(gap)](part, gap, draft, code)


def _below(part: Part, gap: Gap, draft: Draft, code: Markup = NOTHING) -> GapView:
    """What stands around a box that has a line of its own: what to type is said in words."""
    view = _view(part, gap, draft, code)
    if isinstance(gap, Numerical) and gap.unit:
        note = draft.page.words(draft.style.phrase("in_unit", unit=gap.unit))
        view = replace(view, unit=NOTHING, note=note)
    return view


def _numerical(_: Part, gap: Numerical, draft: Draft, code: Markup) -> GapView:
    return GapView(code=code, unit=draft.page.words(gap.unit))


def _formula(part: Part, gap: Formula, draft: Draft, code: Markup) -> GapView:
    """How one types a formula in the question's own symbols, above the first box."""
    before = takewhile(lambda one: one is not part, draft.parts)
    if any(isinstance(one, Formula) for other in before for one in other.gaps):
        return GapView(code=code)
    told = draft.page.words(draft.style.phrase("type_formula"))
    examples = Markup(", ").join(typed(*one) for one in gap.examples)
    return GapView(code=code, lead=told + Markup(" ") + examples)


def _typed(_: Part, __: Typed, ___: Draft, code: Markup) -> GapView:
    return GapView(code=code)


def _pick(_: Part, gap: Pick, draft: Draft, code: Markup) -> GapView:
    return GapView(code=code, stem=draft.page.line(gap.stem))


def _choice(part: Part, gap: Choice, draft: Draft, code: Markup) -> GapView:
    return GapView(code=code, standing=True, lead=draft.style.phrase(_invitation(part, gap)))


def _invitation(part: Part, gap: Choice) -> str:
    if gap.reason:
        return "choose_reason"
    if isinstance(part.key, ExpressionKey):
        return "choose_formula"
    return "choose_several" if gap.multiple else "choose_one"


def _verdict(_: Part, __: Verdict, ___: Draft, code: Markup) -> GapView:
    return GapView(code=code, standing=True)


_VIEWS: dict[type, Callable[[Part, Any, Draft, Markup], GapView]] = {
    Numerical: _numerical,
    Typed: _typed,
    Choice: _choice,
    Pick: _pick,
    Verdict: _verdict,
    Formula: _formula,
}
