import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { parse } from 'yaml';
import { createJournal, memorySink } from '../journal/writer.ts';
import { createRng } from '../kernel/rng.ts';
import { worldSchema } from '../scenario/world-schema.ts';
import { loadBuilds } from '../stack/load-builds.ts';
import { createSimStage } from '../run/sim-stage.ts';
import { createControlPlane } from './control-plane.ts';
import { ENGINEER } from './testing/company-for-test.ts';

test('adhoc', async () => {
  const world = worldSchema.parse(parse(readFileSync('scenarios/world.yaml', 'utf8')));
  const rng = createRng('1');
  const stage = createSimStage(world, rng);
  const builds = await loadBuilds(['fixtures/retail', 'fixtures/builds']);
  const sink = memorySink();
  let ids = 0;
  const plane = createControlPlane({
    context: { clock: stage.clock, rng, journal: createJournal(stage.clock, sink), world },
    stack: stage.stack,
    chain: { rule: async () => ({ decision: 'allowed', by: [], reason: '' }), carriedOut: () => undefined, rolloutPlan: () => null, gate: async () => ({ ruling: 'advance', by: null, reason: '' }), watch: async () => [], close: async () => undefined },
    builds,
    checks: new Map([...builds].map(([id, b]) => [id, b.checks])),
    forbidden: [],
    newId: p => `${p}-${++ids}`,
  });
  const real = (label: string) => console.log(label, stage.clock.nowMs(), Math.round(performance.now()));
  real('start');
  await stage.perform(() => plane.startWorld());
  real('started');
  const ask = async (verb: string, resource: string, params: object = {}, door = 'runbook') => {
    const t = performance.now(); const v = stage.clock.nowMs();
    const o = await stage.perform(() => plane.request({ door: door as 'runbook', verb, resource, params: params as Record<string, unknown>, actor: ENGINEER, task: '', because: '', aiAssisted: false, evidence: [], changeRecord: null, stepId: null }));
    console.log(verb, resource, JSON.stringify(params), JSON.stringify(o).slice(0, 300), 'virtual s', (stage.clock.nowMs() - v) / 1000, 'real ms', Math.round(performance.now() - t));
  };
  for (const b of ['pricing-tiered-quotes', 'pricing-tiered-quotes-fixed', 'pricing-weekend-promotion', 'cost-explorer-rounding-fix', 'inventory-index', 'delivery-copy-update', 'accounts-session-ttl', 'checkout-stable', 'storefront-stable', 'assistant-stable']) {
    const s = builds.get(b)!.service; const r = s === 'cost-explorer' ? 'cn-north-1' : 'na';
    await ask('evidence.run', `${s}/${r}`, { kind: 'unit-tests', build: b });
    await ask('evidence.run', `${s}/${r}`, { kind: 'load-run', build: b });
  }
  await ask('environment.delete', 'cost-explorer/cn-north-1');
  await ask('environment.create', 'cost-explorer/cn-north-1');
  await ask('environment.validate', 'cost-explorer/cn-north-1');
  await ask('environment.restore', 'cost-explorer/cn-north-1');
  await ask('environment.validate', 'cost-explorer/cn-north-1');
  await ask('config.push', 'pricing/na', { set: { build: 'pricing-tiered-quotes' } });
  const pr = builds.get('pricing-stable')!.definition;
  await stage.perform(async () => {
    let bad = 0;
    await Promise.all(Array.from({ length: 400 }, async (_, i) => { const r = await stage.stack.visit('na', new Request(`http://edge/api/products/p-${String(i).padStart(3, '0')}`)); if (r.status >= 500) bad++; }));
    const us = await Promise.all(Array.from({ length: 300 }, (_, i) => stage.stack.call('production:pricing/na', pr.sampleRequest(i)).then(r => r.status).catch(e => String(e))));
    console.log('bad', bad, us.filter(x => x !== 200).length, JSON.stringify(us.slice(0, 10)));
  });
  const bench = async () => stage.perform(async () => {
    const us = await Promise.all(Array.from({ length: 300 }, (_, i) => stage.stack.call('production:pricing/na', pr.sampleRequest(i)).then(r => r.status).catch(e => String(e))));
    console.log('pricing failing', us.filter(x => x !== 200).length, JSON.stringify(us.filter(x => x !== 200).slice(0, 3)));
  });
  await ask('instances.restart', 'inventory/na');
  await bench();
  await ask('rollout.rollback', 'pricing/na');
  await bench();
  await ask('data.repair', 'pricing/na', { table: 'prices' });
  await bench();
  await ask('cache.warm', 'pricing/na');
  await bench();
  await ask('rollout.start', 'pricing/*', { build: 'pricing-tiered-quotes-fixed' }, 'pipeline');
  await bench();
  console.log(stage.stack.slots().map(s => `${s.slot} ${s.instances.map(i => i.build + i.weight + i.ready)}`).join('\n'));
}, 600000);
