"""Asks tools that are too large for the tests what they make of the exported OpenAPI document, and writes RESULTS.md.

Run it in the development environment: `python scripts/peers/run.py`. It installs the tools in `.work/` beside it, which
takes 700 MB.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = HERE / ".work"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "export")]

import test_page  # noqa: E402 - behind the path of the tests
from server import make_server  # noqa: E402
from test_types import ALL, ODD, ONE_OWNER, right, wrong  # noqa: E402

from recordlint import Validator  # noqa: E402
from recordlint.contract.operations import OPERATIONS  # noqa: E402
from recordlint.definitions.target import Target  # noqa: E402
from recordlint.export.generated_files import as_document  # noqa: E402
from recordlint.export.openapi import openapi_document  # noqa: E402
from recordlint.export.schemas import object_schema  # noqa: E402

DEFINITIONS = [each for each in ALL if each is not ODD]  # some tools cannot tell its names apart
PYTHON = ("datamodel-code-generator", "openapi-python-client", "pydantic", "ruff", "schemathesis")
NODE = (
    "@stoplight/prism-cli",
    "@stoplight/spectral-cli",
    "@hey-api/openapi-ts@0.64",
    "openapi-to-postmanv2",
    "json-schema-faker@0.6",
    "redoc",
    "@scalar/api-reference",
    "typescript@5",
)
PRISM: Final = "http://127.0.0.1:4010/objects/custom_objects.ticket/records"

Typed = tuple[str, Any]
RIGHT: list[Typed] = [each for each in right() if "_" not in each[0]]  # some tools call those otherwise
WRONG: list[Typed] = wrong(ONE_OWNER)


def main() -> None:
    """Install all, ask each, and write down what they say."""
    WORK.mkdir(exist_ok=True)
    (WORK / "openapi.json").write_text(as_document(openapi_document(DEFINITIONS)), "utf-8")
    run([sys.executable, "-m", "venv", str(WORK / "venv")])
    run([python("pip"), "install", "-q", *PYTHON])
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(WORK), *NODE])
    lines = [
        "# What other tools make of the OpenAPI document",
        "",
        f"Written by `run.py`: {len(RIGHT)} right bodies and {len(WRONG)} wrong ones, as far as a tool takes them.",
        "",
        "| tool | what it makes of it |",
        "| --- | --- |",
        *[f"| {name} | {say()} |" for name, say in PEERS.items()],
    ]
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", "utf-8")


def run(command: Sequence[str], *, check: bool = True, text: str | None = None) -> str:
    """What a command prints, in the folder of work."""
    return subprocess.run(command, cwd=WORK, capture_output=True, text=True, check=check, input=text).stdout


def python(name: str) -> str:
    """A command of the Python environment."""
    return str(WORK / "venv" / "bin" / name)


def node(name: str) -> str:
    """A command of npm's."""
    return str(WORK / "node_modules" / ".bin" / name)


def verdict(refused: Sequence[int], values: Sequence[Typed] = (*RIGHT, *WRONG)) -> str:
    """What there is to say, by the numbers of the values that a tool refuses. The right ones come first."""
    number = len([each for each in values if each in RIGHT])
    lost = [each for each in refused if each < number]
    passed = [json.dumps(body) for n, (_, body) in enumerate(values) if n >= number and n not in refused]
    said = f"{number - len(lost)} of {number} right bodies pass; of {len(values) - number} wrong ones, {len(passed)} do"
    return said + "".join([f"<br>`{each}`" for each in passed])


def datamodel_code_generator() -> str:
    """Pydantic models, which judge strictly."""
    options = ("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel")
    run([python("datamodel-codegen"), "--input", "openapi.json", "--output", "models.py", *options])
    script = """import json, sys, models
from pydantic import TypeAdapter, ValidationError
refused = []
for number, (name, body) in enumerate(json.load(sys.stdin)):
    try:
        TypeAdapter(getattr(models, name)).validate_json(json.dumps(body), strict=True)
    except ValidationError:
        refused.append(number)
print(json.dumps(refused))"""
    return verdict(json.loads(run([python("python"), "-c", script], text=json.dumps([*RIGHT, *WRONG]))))


def openapi_python_client() -> str:
    """A client for Python, which leaves out what it cannot make."""
    command = ["sh", "-c", 'PATH="$1:$PATH"; openapi-python-client generate --path openapi.json --overwrite', "sh"]
    printed = run([*command, str(WORK / "venv" / "bin")])
    return (
        f"{printed.count('WARNING')} warnings; every operation and every body is there"
        if "WARNING" not in printed
        else printed
    )


def hey_api() -> str:
    """TypeScript types and a client."""
    run([node("openapi-ts"), "-i", "openapi.json", "-o", "hey", "-c", "@hey-api/client-fetch"])
    lines = ['import type * as r from "./hey/types.gen";']
    values = [*RIGHT, *WRONG]
    lines += [f"export const v{n}: r.{type_} = {json.dumps(body)};" for n, (type_, body) in enumerate(values)]
    (WORK / "use.ts").write_text("\n".join(lines), "utf-8")
    options = ("--strict", "--noEmit", "--target", "es2022", "--skipLibCheck", "--moduleResolution", "node")
    printed = run([node("tsc"), *options, "use.ts"], check=False)
    return verdict(
        sorted({int(each[7:].split(",")[0]) - 2 for each in printed.splitlines() if each.startswith("use.ts(")})
    )


def prism_mock() -> str:
    """A mock server, which refuses wrong bodies."""
    return _asked_of_prism("mock", "openapi.json")


def prism_proxy() -> str:
    """A proxy, which refuses wrong bodies and wrong answers of the server behind it."""
    with make_server(DEFINITIONS) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        said = _asked_of_prism("proxy", "openapi.json", f"http://127.0.0.1:{server.server_port}", "--errors")
        server.shutdown()
    return said


def _asked_of_prism(*arguments: str) -> str:
    values = [each for each in (*RIGHT, *WRONG) if each[0] in ("TicketUpdate", "TicketCreate")]
    prism = subprocess.Popen([node("prism"), *arguments], cwd=WORK, stdout=subprocess.DEVNULL)
    try:
        time.sleep(10)
        refused = [number for number, (type_, body) in enumerate(values) if _status(type_, body) >= 400]
    finally:
        prism.terminate()
        prism.wait()
    return verdict(refused, values)


def _status(type_: str, body: Any) -> int:
    """What Prism answers to a body."""
    url, method = (
        (PRISM, "POST") if type_.endswith("Create") else (f"{PRISM}/668d681f77af4e5229abd6c0?locationId=x", "PUT")
    )
    headers = {"Authorization": "Bearer x", "Version": "v3", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def schemathesis() -> str:
    """Requests that it draws from the document, right and wrong, for a server that judges them by recordlint."""
    with make_server(DEFINITIONS) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [python("schemathesis"), "run", "openapi.json", "--url", f"http://127.0.0.1:{server.server_port}"]
        command += ["-H", "Authorization: Bearer x", "--max-examples", "100", "--phases", "examples,fuzzing"]
        printed = run([*command, "--exclude-checks", "ignored_auth,unsupported_method"], check=False)
        server.shutdown()
    (WORK / "schemathesis.txt").write_text(printed, "utf-8")
    return printed.strip().splitlines()[-1].strip("= ").partition(" in ")[0]


def spectral() -> str:
    """A linter, with its own rules for OpenAPI."""
    (WORK / ".spectral.yaml").write_text('extends: ["spectral:oas"]\n', "utf-8")
    return run([node("spectral"), "lint", "openapi.json"], check=False).strip()


def redoc() -> str:
    """A page of documentation."""
    shutil.copy(WORK / "node_modules/redoc/bundles/redoc.standalone.js", WORK)
    return _page("redoc.standalone.js", 'Redoc.init(DOCUMENT, {schemasExpansionLevel: "all"}, PAGE)')


def scalar() -> str:
    """Another."""
    shutil.copy(WORK / "node_modules/@scalar/api-reference/dist/browser/standalone.js", WORK / "scalar.js")
    options = "content: DOCUMENT, expandAllModelSections: true, defaultOpenAllTags: true"
    return _page("scalar.js", f"Scalar.createApiReference(PAGE, {{{options}}})")


def _page(program: str, start: str) -> str:
    document = as_document(openapi_document(test_page.DEFINITIONS)).replace("</", "<\\/")
    script = f'const DOCUMENT = {document}; const PAGE = document.getElementById("page"); {start}'
    page = f'<!doctype html><meta charset="utf-8"><div id="page"></div><script src="{program}"></script>'
    (WORK / "page.html").write_text(f"{page}<script>{script}</script>", "utf-8")
    lost = test_page.missing_in(test_page.page_of((WORK / "page.html").as_uri(), WORK / "profile"))
    return "every key and every label is in the page" if not lost else f"not in the page: {', '.join(lost)}"


def postman() -> str:
    """A collection, whose bodies are the examples."""
    options = ("-O", "parametersResolution=Example")
    run([node("openapi2postmanv2"), "-s", "openapi.json", "-o", "postman.json", *options])
    items = json.loads((WORK / "postman.json").read_text("utf-8"))
    bodies = list(_bodies(items))
    validator = Validator(DEFINITIONS)
    right_ones = 0
    for path, method, body in bodies:
        operation = {"PUT": "update", "POST": "create"}[method]
        right_ones += not validator.check(body, object=path, operation=operation).violations  # type: ignore[arg-type]
    return f"{right_ones} of {len(bodies)} bodies in the collection are right"


def json_schema_faker() -> str:
    """Bodies that it makes of the JSON Schemas, of their examples, and of nothing but the schema."""
    schemas = [object_schema(Target(each, OPERATIONS[name])) for each in DEFINITIONS for name in ("update", "create")]
    (WORK / "schemas.json").write_text(json.dumps(schemas), "utf-8")
    script = """import {generate} from "json-schema-faker"; import {readFileSync} from "fs";
const made = [];
for (const useExamplesValue of [true, false])
  for (const [number, schema] of JSON.parse(readFileSync("schemas.json", "utf-8")).entries())
    for (let seed = 1; seed <= 25; seed += 1)
      made.push([useExamplesValue, number, await generate(schema, {useExamplesValue, seed})]);
console.log(JSON.stringify(made));"""
    (WORK / "faker.mjs").write_text(script, "utf-8")
    validator = Validator(DEFINITIONS)
    counts = {True: [0, 0], False: [0, 0]}
    for from_examples, number, body in json.loads(run(["node", "faker.mjs"])):
        definition, name = DEFINITIONS[number // 2], ("update", "create")[number % 2]
        counts[from_examples][0] += not validator.check(body, object=definition.key, operation=name).errors  # type: ignore[arg-type]
        counts[from_examples][1] += 1
    (of_examples, all_of_examples), (invented, all_invented) = counts[True], counts[False]
    return (
        f"{of_examples} of {all_of_examples} bodies made of the examples are right, "
        f"and {invented} of {all_invented} that it invents"
    )


def _bodies(item: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """The object, the method and the body of each request in a collection."""
    bodies = [each for part in item.get("item", ()) for each in _bodies(part)]
    request = item.get("request", {})
    if request.get("body", {}).get("raw"):
        bodies.append((request["url"]["path"][1], request["method"], json.loads(request["body"]["raw"])))
    return bodies


PEERS: Final[Mapping[str, Callable[[], str]]] = {
    "datamodel-code-generator, pydantic": datamodel_code_generator,
    "openapi-python-client": openapi_python_client,
    "@hey-api/openapi-ts": hey_api,
    "schemathesis, and a server that judges by recordlint": schemathesis,
    "Prism, as a mock": prism_mock,
    "Prism, as a proxy of that server": prism_proxy,
    "Spectral": spectral,
    "Redoc, in Chromium": redoc,
    "Scalar, in Chromium": scalar,
    "openapi-to-postman": postman,
    "json-schema-faker": json_schema_faker,
}

if __name__ == "__main__":
    main()
