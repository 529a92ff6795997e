// What VS Code's language service says of files, by settings as its JSON extension hands them on. From standard input:
// {schemas: [{fileMatch, url}], files: {path: text}, folder}; answers {path: how many problems}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const { schemas, files, folder } = JSON.parse(readFileSync(0, "utf8"));
const service = getLanguageService({ schemaRequestService: async (uri) => readFileSync(fileURLToPath(uri), "utf8") });
service.configure({
  validate: true,
  allowComments: false,
  // A pattern that begins with a slash is one from the workspace's folder.
  schemas: schemas.map(({ fileMatch, url }) => ({
    uri: pathToFileURL(join(folder, url)).href,
    fileMatch: fileMatch.map((each) => each.replace(/^(!?)\//, (_, not) => `${not}${folder}/`)),
  })),
});
const found = {};
for (const [path, text] of Object.entries(files)) {
  const document = TextDocument.create(pathToFileURL(join(folder, path)).href, "json", 1, text);
  found[path] = (await service.doValidation(document, service.parseJSONDocument(document))).length;
}
process.stdout.write(JSON.stringify(found));
