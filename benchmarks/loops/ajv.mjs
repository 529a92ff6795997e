// ajv, compiled, in a readline loop, verdicts only. Prints the bad lines.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const [modules, schema, rows] = process.argv.slice(2);
const { default: Ajv } = createRequire(`${modules}/`)('ajv/dist/2020.js');
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
const bad = [];
let number = 0;
for await (const line of createInterface({ input: createReadStream(rows), crlfDelay: Infinity })) {
  number += 1;
  if (!validate(JSON.parse(line))) bad.push(number);
}
console.log(bad.join(' '));
