import { expect, test } from 'vitest';
import { EXIT_CODES, worstOf } from './exit-codes.ts';

test('codes and names are unique, and only full success is nought', () => {
  expect(new Set(EXIT_CODES.map(({ code }) => code)).size).toBe(EXIT_CODES.length);
  expect(new Set(EXIT_CODES.map(({ name }) => name)).size).toBe(EXIT_CODES.length);
  expect(EXIT_CODES.filter(({ code }) => code === 0).map(({ name }) => name)).toEqual(['held']);
});

test('nothing that applies means that it held', () => {
  expect(worstOf([])).toMatchObject({ code: 0, name: 'held' });
});

test('the worst of several is the exit code, in whatever order they are named', () => {
  expect(worstOf(['inconclusive', 'weakness']).code).toBe(1);
  expect(worstOf(['weakness', 'environment', 'inconclusive']).code).toBe(4);
  expect(worstOf(['interrupted', 'unclean']).code).toBe(5);
  expect(worstOf(['terminated', 'weakness']).code).toBe(143);
});
