import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInGuardrails } from '../guardrails/registry.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { PlannedProfile } from '../plan/plan.ts';
import { resolveProfile } from '../plan/resolve-profile.ts';
import { DOORS } from '../ports/action.ts';
import type { GuardrailEntry } from '../ports/guardrail.ts';
import { loadFile } from '../scenario/load-file.ts';
import { candidates, keyOf } from './candidates.ts';
import { changeWords } from './change-words.ts';
import { applyChanges } from './profile-change.ts';
import { profileDiff, profileText } from './profile-text.ts';

const DEFINITIONS = builtInGuardrails();

const OPTIONS: Readonly<Record<string, readonly object[]>> = {
  'two-person-rule': [
    { tiers: [1], approvers: 2 },
    { level: 'mid', exemptEmergency: false },
  ],
  'required-evidence': [{ requirements: [{ tiers: [1], changeRecord: true }] }],
  'blast-radius-cap': [{ maxCells: 3, maxShare: '80%', bake: '30m' }],
  'slo-burn-rate': [{ alerts: [{ long: '6h', short: '30m', budget: '5%' }], countAbsence: false }],
  'deletion-protection': [{ tags: ['customer-data'], approvers: 1 }],
};

const entry = fc
  .record({
    use: fc.constantFrom(...DEFINITIONS.keys()),
    doors: fc.subarray([...DOORS], { minLength: 1 }),
    actors: fc.subarray(['agent', 'person', 'automation'] as const, { minLength: 1 }),
    onFailure: fc.constantFrom('open', 'closed'),
    pick: fc.nat(),
  })
  .map(({ pick, use, ...rest }) => {
    const known = [{}, ...(OPTIONS[use] ?? [])];
    return { ...rest, use, options: { ...known[pick % known.length] }, timeLimitMs: 2_000 };
  });
const profile = fc.array(entry, { maxLength: 6 }).map(
  (entries): PlannedProfile => ({
    id: 'drawn',
    guardrails: entries.map((made, index): GuardrailEntry => ({ ...made, id: `guard-${index}` })),
  }),
);

function optionsAreValid({ use, options }: GuardrailEntry): boolean {
  return DEFINITIONS.get(use)?.options.safeParse(options).success === true;
}

test('every candidate is another profile whose options its guardrails accept, and none comes twice', () => {
  fc.assert(
    fc.property(profile, drawn => {
      const before = stableJson(drawn);
      const changes = candidates(drawn, DEFINITIONS);
      const changed = changes.map(change => applyChanges(drawn, [change]));
      expect(stableJson(drawn)).toBe(before);
      for (const { guardrails } of changed) expect(guardrails.every(optionsAreValid)).toBe(true);
      const texts = changed.map(stableJson);
      expect(texts).not.toContain(before);
      expect(new Set(texts).size).toBe(texts.length);
      expect(new Set(changes.map(change => keyOf([change]))).size).toBe(changes.length);
      expect(candidates(drawn, DEFINITIONS)).toEqual(changes);
    }),
    { numRuns: 40 },
  );
});

test('the profile that is written for a candidate is the candidate, and its diff says what changed', () => {
  fc.assert(
    fc.property(profile, fc.nat(), (drawn, pick) => {
      const changes = candidates(drawn, DEFINITIONS);
      const change = changes[pick % changes.length];
      if (change === undefined) return;
      const changed = applyChanges(drawn, [change]);
      const text = profileText(changed, { title: 'A test', comment: 'Of a test' });
      const loaded = resolveProfile(loadFile('drawn.yaml', Buffer.from(text), 'Profile').value);
      const inOrder = ({ guardrails }: PlannedProfile) =>
        guardrails.map(one => ({ ...one, doors: [...one.doors].sort(), actors: [...one.actors].sort() }));
      expect(inOrder(loaded)).toEqual(inOrder(changed));
      expect(profileDiff(drawn, changed)).toMatch(/^[+-]/m);
      expect(changeWords(change)).not.toContain('\n');
    }),
    { numRuns: 60 },
  );
});

test('a profile with nothing gets every guardrail, with its defaults and at every door', () => {
  const changes = candidates({ id: 'none', guardrails: [] }, DEFINITIONS);
  expect(changes.map(change => change.kind === 'add' && change.entry.use)).toEqual([...DEFINITIONS.keys()]);
  expect(changes.every(change => change.kind === 'add' && change.entry.doors.length === DOORS.length)).toBe(
    true,
  );
});

test('an entry is tightened the way that protects more: more tiers, more approvers, no exemption', () => {
  const two: GuardrailEntry = {
    ...{ id: 'two', use: 'two-person-rule', doors: ['pipeline'], actors: ['agent'], onFailure: 'open' },
    ...{ options: { tiers: [1], approvers: 1 }, timeLimitMs: 2_000 },
  };
  const words = candidates({ id: 'p', guardrails: [two] }, DEFINITIONS).map(changeWords);
  expect(words.slice(0, 8)).toEqual([
    'two: also at the doors configuration, console, database-console, runbook and break-glass',
    'two: also for actors of the kinds person and automation',
    'two: refuse when it fails (onFailure: closed)',
    'two: approvers from 1 to 2',
    'two: level from junior to mid',
    'two: level from junior to senior',
    'two: tiers from [ 1 ] to [ 1, 2, 3 ]',
    'two: exemptEmergency from true to false',
  ]);
  expect(words).toContain('add two-person-rule at every door');
});

test('every way to tighten that a guardrail declares names an option of its own', () => {
  for (const { name, tighten = {}, options } of DEFINITIONS.values()) {
    const shape = (options as unknown as { shape: Readonly<Record<string, unknown>> }).shape;
    const unknown = Object.keys(tighten).filter(key => !Object.hasOwn(shape, key.split('.')[0] ?? ''));
    expect({ name, unknown }).toEqual({ name, unknown: [] });
  }
});
