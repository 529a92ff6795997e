"""What a definition says: ObjectDefinition, its Fields and their Options."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from recordlint.contract.spec_files import is_field_type
from recordlint.wording.normalize import canonical, fold_key, normalize, without_emoji
from recordlint.wording.phrases import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recordlint.wording.suggestions import Choices

K = TypeVar("K")
V = TypeVar("V")

PREFIX: Final = "custom_objects."
"""What the key of a custom object begins with."""
PUBLISHED_PREFIX: Final = "custom_object."
"""The same in the published documents."""
BUSINESS: Final = "business"
"""The key of the one standard object whose records can be written, which the vendor also calls Company."""
_IN_KEYS: Final = "abcdefghijklmnopqrstuvwxyz0123456789_"
"""The characters of an object's key behind its prefix."""
RADIO: Final = "RADIO"
TEXTBOX_LIST: Final = "TEXTBOX_LIST"
FILE_UPLOAD: Final = "FILE_UPLOAD"
OPTION_TYPES: Final = frozenset({"SINGLE_OPTIONS", "MULTIPLE_OPTIONS", RADIO, "CHECKBOX"})
"""The types whose values are keys of the field's options."""
DELTA_TYPES: Final = frozenset({"MULTIPLE_OPTIONS", "CHECKBOX", FILE_UPLOAD})
"""The types with several values: `add` and `remove` on update, a plain array on create."""
LISTED_OPTIONS: Final = 8
"""How many options a message lists; the others are counted."""


class Option(NamedTuple):
    """One option of a field: payloads use the key, people see the label."""

    key: str
    label: str


class Listing(NamedTuple):
    """Options to choose from, as hints list them."""

    options: Sequence[Option]
    by_key: Mapping[str, Option]
    beginning: str
    """The first of them, as `option_list` writes them."""


class Field:
    """One field of an object. Immutable.

    Attributes:
        key: the short key, as payloads use it.
        name: the display name; the key if the definition has none.
        data_type: the vendor's `dataType`, as the vendor spells it.
        options: the options of an option field, or the labels of a textbox list.
        allow_custom_option: whether a RADIO takes any text.
        max_files: how many files a FILE_UPLOAD takes; None for any number.
        accepted_formats: lower-case file extensions without the dot; empty for all.
        known: whether recordlint checks values of this data type.
        id: the vendor's id of the field; empty if the definition has none.
        description: what the account says of the field, as plain text; empty if it says nothing.
        placeholder: what the account's forms show in the empty field; empty if that is nothing.
    """

    def __init__(
        self,
        key: str,
        name: str,
        data_type: str,
        options: tuple[Option, ...] = (),
        allow_custom_option: bool = False,
        max_files: int | None = None,
        accepted_formats: tuple[str, ...] = (),
        known: bool = True,
        id: str = "",
        description: str = "",
        placeholder: str = "",
    ) -> None:
        self.key: Final = key
        self.name: Final = name
        self.data_type: Final = data_type
        self.options: Final = options
        self.allow_custom_option: Final = allow_custom_option
        self.max_files: Final = max_files
        self.accepted_formats: Final = accepted_formats
        self.known: Final = known and is_field_type(data_type)
        self.id: Final = id
        self.description: Final = description
        self.placeholder: Final = placeholder

    @property
    def is_textbox_list(self) -> bool:
        """Whether each label is a property of its own, and the field key is none."""
        return self.data_type == TEXTBOX_LIST

    @property
    def has_files(self) -> bool:
        """Whether the values are files."""
        return self.data_type == FILE_UPLOAD

    @property
    def has_several_values(self) -> bool:
        """Whether the field takes a delta on update and an array on create."""
        return self.data_type in DELTA_TYPES

    @cached_property
    def option_keys(self) -> frozenset[str]:
        """The keys of the options."""
        return frozenset([option.key for option in self.options])

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels by option key."""
        return dict(self.options)

    @cached_property
    def listing(self) -> Listing:
        """The options, or the property keys of a textbox list with the labels, as hints list them."""
        if self.is_textbox_list:
            return _listing([Option(f"{self.key}.{option.key}", option.label) for option in self.options])
        return _listing(self.options)

    @cached_property
    def keys_by_canonical_key(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by their canonical form."""
        return _group((canonical(option.key), option.key) for option in self.options)

    @cached_property
    def keys_by_case(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by themselves without regard to case."""
        return _group((fold_key(option.key), option.key) for option in self.options)

    @cached_property
    def keys_by_label(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by the canonical form of their labels; more than one if options share the label."""
        return _group((canonical(option.label), option.key) for option in self.options)

    @cached_property
    def _normalized_labels(self) -> Sequence[str]:
        return [normalize(option.label) for option in self.options]

    @cached_property
    def keys_by_normalized_label(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by normalized label."""
        return _group((text, option.key) for text, option in zip(self._normalized_labels, self.options, strict=True))

    @cached_property
    def keys_by_bare_label(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by normalized label without emoji."""
        pairs = zip(self._normalized_labels, self.options, strict=True)
        return _group((without_emoji(option.label, text), option.key) for text, option in pairs)

    @cached_property
    def foldings(self) -> frozenset[str]:
        """The keys, and the normalized labels without emoji, all without case and white space."""
        return frozenset(map(squeezed, [*self.keys_by_case, *self.keys_by_bare_label]))

    def has_like(self, text: str) -> bool:
        """Whether a text can be a key or a label but for case, white space and emoji; it is quickly told of ASCII."""
        return not text.isascii() or squeezed(text.casefold()) in self.foldings

    @cached_property
    def keys_by_first_word(self) -> Mapping[str, tuple[str, ...]]:
        """The option keys by the first word of the key and of the label: `no` of "No, not yet"."""
        pairs = {(_first_word(text), option.key): None for option in self.options for text in option}
        return _group(pairs)

    @cached_property
    def option_choices(self) -> Choices:
        """The keys and labels that a wrong key may be meant for."""
        from recordlint.wording.suggestions import Choices

        names = ((name, option.key) for option in self.options for name in option)
        return Choices(names, are_values=not self.is_textbox_list)

    @cached_property
    def properties(self) -> tuple[str, ...]:
        """The property keys of this field: one per label for a textbox list, else the field's own key."""
        if self.is_textbox_list:
            return tuple([f"{self.key}.{option.key}" for option in self.options])
        return (self.key,)

    def __repr__(self) -> str:
        return f"<Field {self.key} {self.data_type}>"


class ObjectDefinition:
    """One custom object, or `business`: its key and fields. Immutable.

    Attributes:
        key: such as `custom_objects.ticket`.
        name: the singular label; the key without its prefix if the definition has none.
        fields: in the order of the definition.
        required: the fields that a new record must have.
        warnings: what is doubtful in the definition, one sentence each.
        path: the file it was read from.
        has_users: whether records have an owner and followers: those of custom objects do.
        description: what the account says of the object, as plain text; empty if it says nothing.
    """

    def __init__(
        self,
        key: str,
        name: str,
        fields: tuple[Field, ...],
        *,
        required: tuple[Field, ...] = (),
        warnings: tuple[str, ...] = (),
        path: str = "",
        description: str = "",
    ) -> None:
        self.key: Final = key
        self.name: Final = name
        self.fields: Final = fields
        self.required: Final = required
        self.warnings: Final = warnings
        self.path: Final = path
        self.description: Final = description
        self.has_users: Final = key != BUSINESS

    @property
    def short_key(self) -> str:
        """The key without the prefix of custom objects."""
        return self.key.removeprefix(PREFIX)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by short key."""
        return {field.key: field for field in self.fields}

    @cached_property
    def by_property(self) -> Mapping[str, Field]:
        """The fields by property key: one entry per label for a textbox list, and none for its bare key."""
        return {key: field for field in self.fields for key in field.properties}

    @cached_property
    def listing(self) -> Listing:
        """The property keys with the names of their fields, as hints list them."""
        return _listing([Option(key, field.name) for key, field in self.by_property.items()])

    @cached_property
    def required_fields(self) -> frozenset[Field]:
        """The required fields, to ask about one."""
        return frozenset(self.required)

    @cached_property
    def deltas(self) -> Mapping[str, bool]:
        """The properties that take several values, and whether these are files."""
        return {each.key: each.has_files for each in self.fields if each.has_several_values}

    @cached_property
    def by_normalized_name(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields by normalized display name."""
        return _group((normalize(field.name), field) for field in self.fields)

    @cached_property
    def by_bare_name(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields by normalized display name without emoji."""
        return _group((without_emoji(field.name, normalize(field.name)), field) for field in self.fields)

    @cached_property
    def by_case(self) -> Mapping[str, tuple[str, ...]]:
        """The property keys by themselves without regard to case."""
        return _group((fold_key(key), key) for key in self.by_property)

    @cached_property
    def by_canonical_key(self) -> Mapping[str, tuple[str, ...]]:
        """The property keys by their canonical form."""
        return _group((canonical(key), key) for key in self.by_property)

    @cached_property
    def textbox_lists(self) -> Mapping[str, tuple[Field, ...]]:
        """The textbox lists by their keys without regard to case."""
        return _group((fold_key(field.key), field) for field in self.fields if field.is_textbox_list)

    @cached_property
    def longest_list(self) -> int:
        """How many characters the longest of these keys has; 0 where there is none."""
        return max(map(len, self.textbox_lists), default=0)

    @cached_property
    def foldings(self) -> frozenset[str]:
        """The property keys, the keys of textbox lists and the display names, without case, white space and emoji."""
        return frozenset(map(squeezed, [*self.by_case, *self.textbox_lists, *self.by_bare_name]))

    def has_like(self, text: str) -> bool:
        """Whether a text can be one of these but for case, white space and emoji; it is quickly told of ASCII."""
        return not text.isascii() or squeezed(text.casefold()) in self.foldings

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields by their ids."""
        return _group((field.id, field) for field in self.fields if field.id)

    @cached_property
    def property_choices(self) -> Choices:
        """What a wrong key may be meant for: property keys, and fields by display name; a textbox list by its key."""
        from recordlint.wording.suggestions import Choices

        return Choices(_property_names(self.fields))

    @cached_property
    def prefixes(self) -> tuple[str, str]:
        """What comes before a field's short key in its full key: as the service writes it, and as published."""
        return key_prefixes(self.key)

    def __repr__(self) -> str:
        return f"<ObjectDefinition {self.key}: {len(self.fields)} fields>"


def is_object_key(key: str) -> bool:
    """Whether a text is the key of an object whose records can be written."""
    # A pattern would be compiled at every start.
    short = key.removeprefix(PREFIX)
    return key == BUSINESS or (short != key and short != "" and not short.strip(_IN_KEYS))


def title(field: Field) -> str:
    """The field's display name in quotes."""
    return f'"{field.name}"'


def _property_names(fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield field.key, field.key
        yield field.name, field.key
        if field.is_textbox_list:
            for option in field.options:
                for label in option:
                    yield f"{field.key}.{label}", f"{field.key}.{option.key}"
                    yield f"{field.name}.{label}", f"{field.key}.{option.key}"


def _listing(options: Sequence[Option]) -> Listing:
    return Listing(options, {option.key: option for option in options}, option_list(options[:LISTED_OPTIONS]))


def option_list(options: Iterable[Option]) -> str:
    """Option keys with their labels; after a readable number, the others are counted."""
    listed = list(options)
    if not listed:
        return "none"
    shown = [
        as_json(option.key) if option.key == option.label else f"{as_json(option.key)} ({option.label})"
        for option in listed[:LISTED_OPTIONS]
    ]
    unlisted = len(listed) - len(shown)
    return ", ".join(shown) + (f" and {unlisted} more" if unlisted else "")


def key_prefixes(object_key: str) -> tuple[str, str]:
    """What comes before a field's short key in its full key: as the service writes it, and as published."""
    return f"{object_key}.", f"{object_key.replace(PREFIX, PUBLISHED_PREFIX, 1)}."


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def _first_word(text: str) -> str:
    return text.strip().partition(" ")[0].rstrip(",.;:!").casefold()


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, tuple[V, ...]] = {}
    others: dict[K, list[V]] = {}
    for key, value in pairs:
        if key in groups:
            others.setdefault(key, []).append(value)
        else:
            groups[key] = (value,)
    for key, values in others.items():
        groups[key] += tuple(values)
    return groups
