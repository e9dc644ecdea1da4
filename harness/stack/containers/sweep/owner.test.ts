import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Machine, ownerOf, ownerText, readOwner, stateOf, thisMachine } from './owner.ts';

const machine: Machine = {
  boot: 'boot-1',
  host: 'here',
  space: 'pid:[1]',
  startOf: pid => (pid === 100 ? '555' : null),
};

test('a process that runs owns what it made; one that ended, or whose number was used again, does not', () => {
  const owner = ownerOf(100, machine);
  expect(stateOf(owner, machine)).toBe('live');
  expect(stateOf(owner, { ...machine, startOf: () => null })).toBe('dead');
  expect(stateOf(owner, { ...machine, startOf: () => '777' })).toBe('dead');
});

test('after the machine was started again, all owners from before are dead, also when the number is in use', () => {
  expect(stateOf(ownerOf(100, machine), { ...machine, boot: 'boot-2' })).toBe('dead');
});

test('what cannot be judged from here is foreign: another machine, another container, a label nobody can read', () => {
  const owner = ownerOf(100, machine);
  expect(stateOf(owner, { ...machine, host: 'there' })).toBe('foreign');
  expect(stateOf(owner, { ...machine, host: 'there', boot: 'boot-2' })).toBe('foreign');
  expect(stateOf(owner, { ...machine, space: 'pid:[2]' })).toBe('foreign');
  expect(stateOf(readOwner('{"pid":"x"}'), machine)).toBe('foreign');
  expect(stateOf(readOwner(undefined), machine)).toBe('foreign');
});

test('an owner comes back from its label as it was', () => {
  const text = fc.string();
  fc.assert(
    fc.property(fc.integer({ min: 1 }), text, text, text, text, (pid, started, boot, host, space) => {
      const owner = { pid, started, boot, host, space };
      expect(readOwner(ownerText(owner))).toEqual(owner);
    }),
  );
});

test('on this machine, this process is live and one that has ended is dead', () => {
  const here = thisMachine();
  expect(stateOf(ownerOf(process.pid, here), here)).toBe('live');
  const ended = Number(execFileSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  expect(stateOf({ ...ownerOf(process.pid, here), pid: ended }, here)).toBe('dead');
});
