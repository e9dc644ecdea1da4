import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every reason that the code can give is documented', () => {
  const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const code = ['verdict.ts', 'evidence.ts'].map(name =>
    readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'),
  );
  const reasons = code.flatMap(text =>
    [...text.matchAll(/reason: ['`]([a-z0-9-]+)/g)].map(match => match[1] ?? ''),
  );
  expect(reasons.length).toBeGreaterThan(7);
  for (const reason of reasons) expect(page).toContain(`\`${reason}`);
});
