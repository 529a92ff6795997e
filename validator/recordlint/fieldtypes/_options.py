"""What is wrong with one option key, for the four option types."""

from __future__ import annotations

from recordlint.fold import fold
from recordlint.objects import Field
from recordlint.suggestions import nearest
from recordlint.violations import Mend, Problem
from recordlint.words import as_json, either, kind, option_list, title


def option_problem(field: Field, value: object) -> Problem | None:
    """The problem of a value that is not the key of one of the field's options."""
    if isinstance(value, str) and value in field.option_keys:
        return None
    keys = option_list(field.options)
    if not isinstance(value, str):
        return Problem(
            "wrong-type",
            f"{title(field)} takes an option's key, a string, not {kind(value)}",
            f"the keys are {keys}",
        )
    named = field.keys_by_label.get(value) or field.keys_by_folded_label.get(fold(value), ())
    if len(named) == 1:
        text = as_json(named[0])
        return Problem(
            "option-label",
            f"{title(field)} takes an option's key, and this is an option's label",
            f"write {text}",
            mend=Mend(True, "write the key of the label", text),
            blind_hint=f"write the key: {keys}",
        )
    message = f"{title(field)} has no option with this key"
    if named:
        texts = either(map(as_json, named))
        return Problem(
            "unknown-option",
            f"{message}; several have it as their label",
            f"write {texts}",
            blind_hint=f"the keys are {keys}",
        )
    near = nearest(value, [option.key for option in field.options])
    if not near:
        near = [key for label in nearest(value, field.keys_by_label) for key in field.keys_by_label[label]][:3]
    if not near:
        return Problem("unknown-option", message, f"the keys are {keys}")
    same = len(near) == 1 and near[0].casefold() == value.casefold()
    mend = Mend(same, "write the key as it is defined", as_json(near[0])) if len(near) == 1 else None
    return Problem(
        "unknown-option",
        message,
        f"did you mean {either(map(as_json, near))}? The keys are {keys}",
        mend=mend,
        blind_hint=f"the keys are {keys}",
    )
