// What VS Code's language service shows by a schema. From standard input: {schema, texts: [text]}, each text with a ¦ where
// the cursor is, or without. Answers, for each, {completions: {label: {documentation, text}}, hover, messages, milliseconds}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const { schema, texts } = JSON.parse(readFileSync(0, "utf8"));
const service = getLanguageService({ clientCapabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } } });
service.configure({ validate: true, schemas: [{ uri: "memory:///schema.json", fileMatch: ["*"], schema }] });
const shown = [];
for (const text of texts) {
  const at = text.indexOf("¦");
  const document = TextDocument.create("memory:///a.json", "json", 1, text.replace("¦", ""));
  const parsed = service.parseJSONDocument(document);
  const answer = { messages: (await service.doValidation(document, parsed)).map((each) => each.message) };
  if (at >= 0) {
    const position = document.positionAt(at);
    const start = performance.now();
    const { items } = await service.doComplete(document, position, parsed);
    answer.milliseconds = performance.now() - start;
    answer.completions = {};
    for (const { label, documentation, textEdit, insertText } of items) {
      answer.completions[label] = { documentation: documentation?.value ?? documentation ?? null, text: textEdit?.newText ?? insertText };
    }
    answer.hover = (await service.doHover(document, position, parsed))?.contents ?? [];
  }
  shown.push(answer);
}
process.stdout.write(JSON.stringify(shown));
