import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { createOutside } from '../cli/outside/create-outside.ts';
import { realDeadline } from '../cli/real-deadline.ts';
import { verbCatalogue } from '../control-plane/verb-catalogue.ts';
import { resolveProfile } from '../plan/resolve-profile.ts';
import { loadFile } from '../scenario/load-file.ts';
import { checkMap } from '../scenario/references/check-map.ts';
import { createReporter } from '../scenario/references/reporter.ts';
import { profileSchema } from '../scenario/scenario-schema.ts';
import { createAdapterLoader } from './adapters/adapter-loader.ts';
import { adapterGuardrails } from './adapters/registry.ts';
import { always, aService } from './adapters/testing/a-service.ts';
import { createGuestLoader } from './guests/guest-loader.ts';
import { builtInGuardrails } from './registry.ts';
import { FAULT_MEANINGS, STRESS_FAULTS } from './stress/stress-fault.ts';
import { aChain, anEntry } from './testing/a-chain.ts';
import { anAction } from './testing/an-action.ts';

const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');

function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    match => match[1] ?? '',
  );
}

function isProfile(block: string): boolean {
  return block.startsWith('guardrails:');
}

/** Writes the n-th module of the guide to a folder far from this package, as a reader would, and seats it. */
async function seat(index: number, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'guardrail-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'mine.mjs'), blocks('js')[index] ?? '');
  const made = await aChain([anEntry('./mine.mjs', { options })], [], clock =>
    createGuestLoader({
      realDeadline: () => () => {},
      waitOutside: answer => clock.waitOutside(answer),
      baseDir: folder,
    }),
  );
  onTestFinished(() => made.chain.close());
  return made;
}

test('the guide has three modules, and the profiles around them are valid', () => {
  expect(blocks('js')).toHaveLength(3);
  for (const block of blocks('yaml').filter(isProfile)) {
    const head = { apiVersion: 'brakecheck/v1', kind: 'Profile', metadata: { id: 'x', title: 'x' } };
    expect(() => profileSchema.parse({ ...head, ...parse(block) })).not.toThrow();
  }
});

test('the least guardrail allows', async () => {
  const { chain, events } = await seat(0);
  expect(await chain.rule(anAction())).toMatchObject({ decision: 'allowed' });
  expect(events()[0]?.answer).toEqual({ effect: 'allow', reason: "config.push is nobody's business" });
});

test('the one with options denies by night, and after the deletions that its options allow', async () => {
  const { chain, clock } = await seat(1, { to: 18, deletions: 1 });
  const deletion = anAction({ footprint: { destructive: true } });
  expect(await chain.rule(deletion)).toMatchObject({ decision: 'allowed' });
  chain.carriedOut(deletion);
  expect(await chain.rule(deletion)).toMatchObject({
    reason: 'mine.mjs: 1 deletion(s) were carried out already',
  });
  await clock.run({ untilMs: 9 * 3_600_000, maxTasks: 1 });
  expect(await chain.rule(anAction())).toMatchObject({ reason: 'mine.mjs: agents rest from 18:00 to 9:00' });
});

test('the one that contains orders a roll-back once, alarms, and gates roll-outs', async () => {
  const { chain, alarms } = await seat(2);
  const cell = { cell: 'pricing/na', build: 'b', requests: 40, errors: 30, latencyMsP50: 1, latencyMsP99: 2 };
  const window = { fromMs: 0, toMs: 10_000, deliveredAtMs: 15_000, cells: [cell], orders: [] };
  expect(await chain.watch(window)).toMatchObject([
    { order: { verb: 'rollout.rollback', resource: 'pricing/na' } },
  ]);
  expect(await chain.watch(window)).toEqual([]);
  expect(alarms).toMatchObject([{ alarm: 'cell-fails', observed: 0.75 }]);
  expect(chain.rolloutPlan('pipeline')).toEqual({ waves: [0.1, 1], bakeMs: 600_000 });
});

test('the table of built-ins is the registry’s', () => {
  const table = readme.replaceAll(/ +/g, ' ');
  for (const { name, summary } of builtInGuardrails().values()) {
    expect(table).toContain(`| \`${name}\` | ${summary} |`);
  }
});

test('the map of the guide is valid, and every placeholder of it names something', () => {
  const [map = ''] = blocks('yaml').filter(block => !isProfile(block));
  const loaded = loadFile('our-words.yaml', new TextEncoder().encode(map), 'Map');
  const report = createReporter(loaded.tree);
  checkMap(report, loaded, { verbs: verbCatalogue() });
  expect(report.problems).toEqual([]);
});

test('the services of the guide are asked as written, but for their addresses', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guardrail-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [map = ''] = blocks('yaml').filter(block => !isProfile(block));
  await writeFile(join(folder, 'our-words.yaml'), map);
  const service = await aService(
    always(200, { decision: false, context: { approval_required: true }, result: { decision: true } }),
  );
  const written = blocks('yaml').find(block => block.includes('use: authzen')) ?? '';
  const here = written.replaceAll(/https?:\/\/[a-z0-9.:]+/g, service.url);
  const head = { apiVersion: 'brakecheck/v1', kind: 'Profile', metadata: { id: 'x', title: 'x' } };
  const { guardrails } = resolveProfile(profileSchema.parse({ ...head, ...parse(here) }));
  const env = { PDP_TOKEN: 'a-token-of-the-test', HOOK_KEY: 'a-key-of-the-test' };
  const { outside, close } = createOutside(folder, env);
  const { chain, events } = await aChain(guardrails, [], undefined, {
    adapters: clock =>
      createAdapterLoader({
        ...{ definitions: adapterGuardrails(), outside, realDeadline, close },
        waitOutside: answer => clock.waitOutside(answer),
      }),
  });
  onTestFinished(() => chain.close());
  await chain.rule(anAction({ verb: 'environment.delete' }));
  expect(events().map(({ guardrail, answer }) => [guardrail, (answer as { effect: string }).effect])).toEqual(
    [
      ['decision-point', 'require-approval'],
      ['rego', 'allow'],
      ['freeze-calendar', 'allow'],
    ],
  );
  expect(JSON.parse(service.received[0]?.text ?? '')).toMatchObject({
    subject: { type: 'User', properties: { groups: ['Developers'] } },
    action: { name: 'cloudformation:DeleteStack' },
    resource: { id: 'arn:aws:cloudformation:us-east-1:stack/pricing' },
  });
  expect(service.received[2]?.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
});

test('the table of adapters is the registry’s', () => {
  const table = readme.replaceAll(/ +/g, ' ');
  for (const { name, summary } of adapterGuardrails().values()) {
    expect(table).toContain(`| \`${name}\` | ${summary} |`);
  }
});

test('the table of faults is the one of stress', () => {
  const table = readme.replaceAll(/ +/g, ' ');
  for (const fault of STRESS_FAULTS) expect(table).toContain(`| \`${fault}\` | ${FAULT_MEANINGS[fault]} |`);
});
