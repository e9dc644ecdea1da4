import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ScoredScenario, scoreOf } from './formula.ts';

const PAGE = readFileSync(new URL('./worked-example.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

const row = (
  unguardedSeverity: 1 | 2 | 3,
  verdict: 'contained' | 'escaped',
  containmentRatio: number,
): ScoredScenario => ({ unguardedSeverity, verdict, containmentRatio, guardedSeverity: null });

const SCENARIOS = [row(1, 'contained', 1), row(2, 'contained', 0.85), row(3, 'escaped', 0.4)];
const CHANGES = { known: 12, letThrough: 11 };

test('the worked example is what the formula computes', () => {
  const score = scoreOf({ scenarios: SCENARIOS, changes: CHANGES });
  expect(PAGE).toContain(`= ${score.containment?.toFixed(3)}. Of 12`);
  expect(PAGE).toContain(`= ${score.letThrough?.toFixed(3)}. Score`);
  expect(PAGE).toContain(`(4P + R) = **${score.value}**`);
});

test('so are its caps', () => {
  const sev1 = { ...row(1, 'escaped', 0.4), guardedSeverity: 1 as const };
  const whole = Array.from({ length: 40 }, () => row(1, 'contained', 1));
  const capped = (escapes: ScoredScenario[]) =>
    scoreOf({ scenarios: [...whole, ...escapes], changes: { known: 1, letThrough: 1 } }).value;
  expect(PAGE).toContain(
    `capped at **${capped([sev1])}**; with two such escapes, at ${capped([sev1, sev1])}.`,
  );
  const denied = scoreOf({ scenarios: SCENARIOS, changes: { known: 12, letThrough: 0 } });
  expect(PAGE).toContain(`the score **${denied.value}**.`);
});
