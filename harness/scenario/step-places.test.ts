import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadFile } from './load-file.ts';
import { scenarioPlaces } from './step-places.ts';

const FILE = new URL('../../fixtures/valid/scenario.yaml', import.meta.url);

test('every step and fallback is found at the line that begins it', () => {
  const bytes = readFileSync(FILE);
  const lines = bytes.toString('utf8').split('\n');
  const { steps, hypothesis, benign, start } = scenarioPlaces(loadFile('scenario.yaml', bytes, 'Scenario'));
  const ids = [
    ...(bytes
      .toString('utf8')
      .split('\nbenign:')[0]
      ?.matchAll(/\bid: ([a-z-]+)/g) ?? []),
  ]
    .map(([, id]) => id ?? '')
    .filter(id => steps.has(id));
  expect(ids.length).toBeGreaterThan(1);
  expect(steps.size).toBe(ids.length);
  for (const [id, { line, column }] of steps) {
    const rest = (lines[line - 1] ?? '').slice(column - 1);
    expect(rest).toMatch(new RegExp(`^(\\{ *)?id: ${id}\\b`));
  }
  const begins = (place: { line: number }) => lines[place.line - 1];
  expect(begins(hypothesis)).toMatch(/^hypothesis:/);
  expect(begins(benign)).toMatch(/^benign:/);
  expect(begins(start)).toMatch(/^metadata:/);
});
