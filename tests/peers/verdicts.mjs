// Reads [{schema, instances: [JSON text, …]}, …] from standard input and writes, for each schema and instance,
// what ajv and VS Code's language service say: [[{ajv, vscode}, …], …]. A schema that either cannot use is an
// error of the whole run, never a verdict.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const Deprecated = 2; // the code that it gives to a deprecated key
const SchemaValidation = 0x300; // the code that the language service gives to trouble with the schema itself

function ajvVerdicts(schema, instances) {
  // strictTypes and strictRequired ask for a style (a type beside each keyword), not for correctness.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, strictTuples: false, allErrors: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return instances.map((text) => validate(JSON.parse(text)));
}

async function vscodeVerdicts(schema, instances) {
  const refuse = (uri) => Promise.reject(new Error(`${uri} is not to be fetched`));
  const service = getLanguageService({ schemaRequestService: refuse });
  service.configure({ validate: true, allowComments: false });
  const verdicts = [];
  for (const [index, text] of instances.entries()) {
    const document = TextDocument.create(`inmemory://payload/${index}.json`, "json", 1, text);
    const parsed = service.parseJSONDocument(document);
    const found = await service.doValidation(document, parsed, { schemaValidation: "error" }, schema);
    const unusable = found.find((each) => each.code >= SchemaValidation || /schema reference|resolve/i.test(each.message));
    if (unusable) throw new Error(`the language service cannot use the schema: ${unusable.message}`);
    // What is deprecated is marked as such, and is no error.
    verdicts.push(found.every((each) => each.code === Deprecated));
  }
  return verdicts;
}

const jobs = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const { schema, instances } of jobs) {
  const ajv = ajvVerdicts(schema, instances);
  const vscode = await vscodeVerdicts(schema, instances);
  answers.push(instances.map((_, index) => ({ ajv: ajv[index], vscode: vscode[index] })));
}
process.stdout.write(JSON.stringify(answers));
