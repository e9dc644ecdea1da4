/** Holds README's demo to what the program prints: `npm start --silent | node harness/testing/check-readme-demo.ts`. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const printed = (await text(process.stdin)).replace(/^Report: .*\n/m, '').trim();
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const shown = /<!-- demo:[^\n]*-->\n```text\n([\s\S]*?)\n```/.exec(readme)?.[1]?.trim();

if (printed === shown) {
  process.stdout.write("README's demo is what the program prints\n");
} else {
  process.stderr.write(`README's demo is not what the program prints, which is:\n\n${printed}\n`);
  process.exitCode = 1;
}
