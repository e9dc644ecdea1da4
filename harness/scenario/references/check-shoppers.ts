import type { World } from '../world-schema.ts';
import { journeysIn } from './journeys-in.ts';
import type { Reporter } from './reporter.ts';

/** Somebody visits, at some hour, for something; and the steady state speaks of what they do. */
export function checkShoppers(report: Reporter, world: World): void {
  const { shoppers } = world;
  if (shoppers.curve.length > 0 && shoppers.curve.every(hour => hour === 0)) {
    report.value(['shoppers', 'curve'], {
      code: 'conflict',
      task: 'spread arrivals over the day',
      found: 'only zeros',
      expected: 'at least one hour above 0',
    });
  }
  const regions = Object.keys(shoppers.perSecond);
  for (const region of regions) {
    report.keyName(['shoppers', 'perSecond', region], { noun: 'region', word: region, legal: world.regions });
    if (world.regions.includes(region)) checkMix(report, world, region);
  }
  for (const region of Object.keys(shoppers.mix)) {
    const legal = ['default', ...world.regions];
    report.keyName(['shoppers', 'mix', region], { noun: 'region', word: region, legal });
  }
  checkSteadyState(report, world);
}

function checkMix(report: Reporter, world: World, region: string): void {
  if (journeysIn(world, region).length > 0) return;
  const isNamed = Object.hasOwn(world.shoppers.mix, region);
  report.value(['shoppers', 'mix', ...(isNamed ? [region] : [])], {
    code: 'conflict',
    task: `tell what shoppers in ${region} set out to do`,
    hint: isNamed
      ? 'all weights are 0'
      : `there is neither a mix for ${region} nor a default with a weight above 0`,
  });
}

function checkSteadyState(report: Reporter, world: World): void {
  for (const [index, probe] of world.steadyState.entries()) {
    const path = ['steadyState', index];
    const isRegion = report.name([...path, 'region'], {
      noun: 'region',
      word: probe.region,
      legal: world.regions,
    });
    const legal = journeysIn(world, probe.region);
    if (!isRegion || legal.includes(probe.journey)) continue;
    report.value([...path, 'journey'], {
      code: 'conflict',
      task: `watch the journey ${probe.journey} in ${probe.region}`,
      hint: 'no shopper sets out on it there, so the steady state could never be met',
      legal,
    });
  }
}
