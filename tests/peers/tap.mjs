// What a TAP parser makes of a report: {ok, count, fail, points: [{ok, id, name, diag}]}, from standard input.
import { Parser } from "tap-parser";

const points = [];
const parser = new Parser({ strict: true }, (results) => {
  const { ok, count, fail, failures } = results;
  console.log(JSON.stringify({ ok, count, fail, complaints: failures.filter((f) => f.tapError).length, points }));
});
parser.on("assert", ({ ok, id, name, diag }) => points.push({ ok, id, name, diag }));
process.stdin.pipe(parser);
