import { expect, test } from 'vitest';
import { nearestWord } from './nearest.ts';

test('the nearest word is one or two slips away: a letter too few, too many, wrong, or swapped with its neighbour', () => {
  expect(nearestWord('consle', ['console', 'runbook'])).toBe('console');
  expect(nearestWord('ue', ['na', 'eu'])).toBe('eu');
  expect(nearestWord('form', ['from'])).toBe('from');
  expect(nearestWord('Deadline', ['deadline'])).toBe('deadline');
  expect(nearestWord('build.sumbit', ['build.submit', 'build'])).toBe('build.submit');
});

test('a word that is far from all has no nearest, and neither has one without legal words', () => {
  expect(nearestWord('budget', ['agent', 'goal', 'steps'])).toBeNull();
  expect(nearestWord('anything', [])).toBeNull();
});
