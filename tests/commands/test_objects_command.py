"""recordlint objects: what it shows of the definitions."""

from __future__ import annotations

import json

from command_folder import Folder
from recordlint.definitions.digest import named_digest
from recordlint.definitions.reading import load_objects


def digest_in(folder: Folder, name: str) -> str:
    (definition,) = load_objects([str(folder.path / name)])
    return named_digest(definition)


def test_objects(folder: Folder) -> None:
    folder.write(
        "pet.json",
        json.dumps(
            {
                "object": {
                    "key": "custom_objects.pet",
                    "labels": {"singular": "Pet"},
                    "requiredProperties": ["custom_objects.pet.name", "custom_objects.pet.gone"],
                },
                "fields": [
                    {"fieldKey": "custom_objects.pet.name", "name": "Name", "dataType": "TEXT"},
                    {
                        "fieldKey": "custom_objects.pet.kind",
                        "name": "Kind",
                        "dataType": "RADIO",
                        "allowCustomOption": True,
                        "options": [{"key": "cat", "label": "A cat"}, {"key": "dog", "label": "dog"}],
                    },
                    {
                        "fieldKey": "custom_objects.pet.size",
                        "name": "Size",
                        "dataType": "TEXTBOX_LIST",
                        "options": [{"key": "w", "label": "Width"}],
                    },
                    {
                        "fieldKey": "custom_objects.pet.papers",
                        "name": "Papers",
                        "dataType": "FILE_UPLOAD",
                        "maxFileLimit": 2.5,
                        "acceptedFormats": ".pdf",
                    },
                    {
                        "fieldKey": "custom_objects.pet.photo",
                        "name": "Photo",
                        "dataType": "FILE_UPLOAD",
                        "maxFileLimit": 1,
                    },
                ],
            }
        ),
    )
    done = folder.run("objects", "--objects", "pet.json")
    assert done.status == 0
    assert done.out == (
        "custom_objects.pet  Pet  (pet.json)\n"
        f"  digest: {digest_in(folder, 'pet.json')}\n"
        "  required on create: name\n"
        "  name    TEXT          Name\n"
        "  kind    RADIO         Kind\n"
        '          keys: "cat" (A cat), "dog", or any text\n'
        "  size.w  TEXTBOX_LIST  Size: Width\n"
        "  papers  FILE_UPLOAD   Papers\n"
        "          at most 2 files\n"
        "          accepts .pdf\n"
        "  photo   FILE_UPLOAD   Photo\n"
        "          at most 1 file\n"
    )
    warning = "requiredProperties names custom_objects.pet.gone, which is not a field of this object"
    assert done.err == f"recordlint: warning: pet.json: custom_objects.pet: {warning}\n"
    listing = json.loads(folder.run("objects", "--objects", "pet.json", "--format", "json").out)
    assert listing["version"] == 1
    (pet,) = listing["objects"]
    assert (pet["key"], pet["name"], pet["path"], pet["required"]) == (
        "custom_objects.pet",
        "Pet",
        "pet.json",
        ["name"],
    )
    assert pet["warnings"] == [warning]
    assert pet["digest"] == digest_in(folder, "pet.json")
    assert pet["fields"][1:3] == [
        {
            "key": "kind",
            "name": "Kind",
            "dataType": "RADIO",
            "properties": ["kind"],
            "options": [{"key": "cat", "label": "A cat"}, {"key": "dog", "label": "dog"}],
            "allowCustomOption": True,
            "maxFiles": None,
            "acceptedFormats": [],
            "known": True,
        },
        {
            "key": "size",
            "name": "Size",
            "dataType": "TEXTBOX_LIST",
            "properties": ["size.w"],
            "options": [{"key": "w", "label": "Width"}],
            "allowCustomOption": False,
            "maxFiles": None,
            "acceptedFormats": [],
            "known": True,
        },
    ]
    assert (pet["fields"][3]["maxFiles"], pet["fields"][3]["acceptedFormats"]) == (2, ["pdf"])


def test_one_object_is_shown_with_all_options_and_labels(folder: Folder) -> None:
    kinds = [{"key": f"kind_{n}", "label": f"Kind no. {n}"} for n in range(1, 12)]
    labels = [{"key": f"l{n}", "label": f"Label no. {n}"} for n in range(1, 12)]
    fields = [
        {"fieldKey": "custom_objects.pet.kind", "name": "Kind", "dataType": "SINGLE_OPTIONS", "options": kinds},
        {"fieldKey": "custom_objects.pet.box", "name": "Box", "dataType": "TEXTBOX_LIST", "options": labels},
        {
            "fieldKey": "custom_objects.pet.coat",
            "name": "Coat",
            "dataType": "RADIO",
            "allowCustomOption": True,
            "options": [{"key": "long", "label": "long"}],
        },
    ]
    folder.write("pet.json", json.dumps({"object": {"key": "custom_objects.pet"}, "fields": fields}))
    done = folder.run("objects", "--objects", "pet.json", "--object", "custom_objects.pet")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "custom_objects.pet  pet  (pet.json)\n"
        f"  digest: {digest_in(folder, 'pet.json')}\n"
        "  kind     SINGLE_OPTIONS  Kind\n"
        "           keys:\n"
        + "".join(f'             "kind_{n}" (Kind no. {n})\n' for n in range(1, 12))
        + "".join(f"  {f'box.l{n}':7}  TEXTBOX_LIST    Box: Label no. {n}\n" for n in range(1, 12))
        + "  coat     RADIO           Coat\n"
        "           keys, or any text:\n"
        '             "long"\n'
    )
    assert '"kind_8" (Kind no. 8) and 3 more' in folder.run("objects", "--objects", "pet.json").out
