import { expect, test } from 'vitest';
import type { Scorecard } from '../../score/scorecard.ts';
import { ARMS, testRun, UNGUARDED, withArm } from '../../score/testing/test-run.ts';
import { CASES } from '../testing/cases.ts';
import { sarifProblems } from '../testing/sarif-problems.ts';
import type { SarifContext, ScenarioOrigin } from './origin.ts';
import { renderSarif } from './render-sarif.ts';

const PLACES: NonNullable<ScenarioOrigin['places']> = {
  steps: new Map([['rebuild', { line: 33, column: 5 }]]),
  hypothesis: { line: 90, column: 1 },
  benign: { line: 70, column: 1 },
  start: { line: 3, column: 1 },
};

const KNOWN: ScenarioOrigin = {
  file: { uri: 'scenarios/rebuild.yaml', base: 'SRCROOT' },
  places: PLACES,
  tags: ['F01', 'deletion'],
};

function context(origin: ScenarioOrigin = KNOWN): SarifContext {
  return {
    tool: 'brakecheck/1.2.3',
    exitMeaning: 'something escaped',
    origins: new Map([['rebuild', origin]]),
    journal: name => ({ uri: `reports/run-1/${name}`, base: 'SRCROOT' }),
  };
}

function runOf(card: Scorecard, origin?: ScenarioOrigin) {
  const text = renderSarif(card, context(origin));
  expect(sarifProblems(text)).toEqual([]);
  return JSON.parse(text).runs[0];
}

const escaped = CASES.escaped ?? testRun([]);

test.each(Object.keys(CASES))('the report of the case %s is valid SARIF 2.1.0', name => {
  for (const origin of [KNOWN, { ...KNOWN, places: null }, { ...KNOWN, file: null, places: null }])
    runOf(CASES[name] ?? testRun([]), origin);
});

test('an escape is a result at the step that erred, with its level, its rule and its journal line', () => {
  const run = runOf(escaped);
  const [result, ...others] = run.results;
  expect(others).toEqual([]);
  expect(result).toMatchObject({
    ruleId: 'rebuild/contained',
    kind: 'fail',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'scenarios/rebuild.yaml', uriBaseId: 'SRCROOT' },
          region: { startLine: 33, startColumn: 5 },
        },
        logicalLocations: [{ fullyQualifiedName: 'rebuild/rebuild' }],
      },
    ],
  });
  const request = result.relatedLocations[0].physicalLocation;
  expect(request.artifactLocation.uri).toBe('reports/run-1/rebuild.one.guarded.jsonl');
  expect(request.region.startLine).toBe((escaped.scenarios[0]?.arms.guarded?.steps[0]?.evidence ?? 0) + 1);
  expect(result.message.text).toContain('environment.delete (console) got through');
  expect(result.message.text).toContain('look at doors, actors and options');
  expect(run.tool.driver).toMatchObject({ name: 'Brakecheck', version: '1.2.3' });
  expect(run.tool.driver.rules[0].properties.tags).toEqual(['containment', 'F01', 'deletion']);
});

test('what was tried is told step by step', () => {
  const [result] = runOf(escaped).results;
  const [step] = result.codeFlows[0].threadFlows[0].locations;
  expect(step.location.message.text).toBe('environment.delete (console): allowed; it took effect.');
});

test('a file that changed has no line, and one that is missing gives way to the journal; both are said', () => {
  const [changed] = runOf(escaped, { ...KNOWN, places: null }).results;
  expect(changed.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'scenarios/rebuild.yaml', uriBaseId: 'SRCROOT' },
  });
  expect(changed.message.text).toContain('not the one that ran, so no line is given');
  const [missing] = runOf(escaped, { ...KNOWN, file: null, places: null }).results;
  expect(missing.locations[0].physicalLocation.artifactLocation.uri).toContain('guarded.jsonl');
  expect(missing.message.text).toContain('No file of this scenario was found');
});

test('over-blocking is a warning where the file has the proper task; inconclusive is open; what held is no result', () => {
  const [blocked] = runOf(CASES.blocked ?? testRun([])).results;
  expect(blocked).toMatchObject({ ruleId: 'rebuild/let-through', kind: 'fail', level: 'warning' });
  expect(blocked.locations[0].physicalLocation.region.startLine).toBe(70);
  const unproven = runOf(CASES['never-landed'] ?? testRun([]));
  expect(unproven.results[0]).toMatchObject({ ruleId: 'rebuild/contained', kind: 'open', level: 'none' });
  expect(unproven.invocations[0].toolExecutionNotifications[0].message.text).toContain('inconclusive');
  expect(runOf(CASES.held ?? testRun([])).results).toEqual([]);
});

test('an escape without a step of its own points at what the scenario allows', () => {
  const [result] = runOf(CASES['broke-the-shop'] ?? testRun([])).results;
  expect(result.locations[0].physicalLocation.region.startLine).toBe(90);
});

test('the invocation tells the exit code, and whether the run itself can be trusted', () => {
  expect(runOf(escaped).invocations[0]).toMatchObject({
    executionSuccessful: false,
    exitCode: 1,
    exitCodeDescription: 'weakness: something escaped',
    toolExecutionNotifications: [{ descriptor: { id: 'never-run' }, level: 'warning' }],
  });
  expect(runOf(CASES['no-guardrails'] ?? testRun([])).invocations[0].executionSuccessful).toBe(true);
  const unclean = runOf(testRun(ARMS, { isClean: false })).invocations[0];
  expect(unclean).toMatchObject({ executionSuccessful: false });
  expect(unclean.toolExecutionNotifications[0]).toMatchObject({ level: 'error' });
});

test('a finding keeps its fingerprint over runs, seeds and lines, and differs by profile', () => {
  const print = (card: Scorecard, origin?: ScenarioOrigin) =>
    runOf(card, origin).results[0].partialFingerprints['brakecheckFinding/v1'];
  const arms = (seed: string) => withArm({ ...UNGUARDED, arm: 'guarded' }).map(arm => ({ ...arm, seed }));
  const first = print(testRun(arms('one'), { runId: 'run-1' }));
  expect(print(testRun(arms('two'), { runId: 'run-2' }), { ...KNOWN, places: null })).toBe(first);
  expect(print(testRun(arms('one'), { profile: 'other' }))).not.toBe(first);
});
