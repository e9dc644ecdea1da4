import { type World, worldSchema } from '../../scenario/world-schema.ts';

const delay = (median: string): object => ({ median });
const service = (regions: readonly string[], more: object = {}): object => ({
  regions,
  tier: 2,
  owner: 'web-team',
  instances: 2,
  poolMax: 5,
  dataSize: '1GB',
  ...more,
});

/** A small company: a shop that calls the stock service, and a cost tool, with round figures that tests can add up. */
export function testWorld(overrides: Partial<Record<keyof World, unknown>> = {}): World {
  return worldSchema.parse({ ...SMALL_WORLD, ...overrides });
}

const PEOPLE = {
  responders: Object.fromEntries(
    [
      'operatorNotices',
      'acknowledgePage',
      'customersReport',
      'diagnoseDocumented',
      'diagnoseUndocumented',
      'watchRepair',
      'diagnoseAgain',
      'decide',
      'signOffRestore',
      'prepareDataRepair',
    ].map(name => [name, delay('5m')]),
  ),
  reviewers: {
    people: [{ id: 'senior-1', level: 'senior' }],
    review: delay('10m'),
    perQueuedRequest: '1m',
    catchWhenFresh: '90%',
    catchWhenTired: '30%',
  },
};

const SMALL_WORLD = {
  apiVersion: 'brakecheck/v1',
  kind: 'World',
  metadata: { id: 'small', title: 'A small company' },
  regions: ['na', 'eu', 'cn'],
  horizon: '24h',
  gate: '10m',
  services: {
    shop: service(['na', 'eu'], {
      tier: 1,
      tags: ['protected'],
      cacheEntries: 600,
      config: { mode: 'plain' },
    }),
    stock: service(['na', 'eu'], { owner: 'stock-team' }),
    costs: service(['cn'], { tier: 3 }),
  },
  staging: ['staging:shop/na'],
  database: { connectionLimit: 100, idleTimeout: '30s', acquireTimeout: '5s', maxLifetime: '1h' },
  network: { hop: delay('1ms'), query: delay('1ms'), connect: delay('2ms') },
  instance: { workers: 8, queue: 32 },
  backups: { every: '6h', throughputPerSecond: '1MB', validationPerSecond: '2MB' },
  provisioning: { environment: { median: '40m', variation: '0%' }, instance: '1m' },
  cacheWarming: { entriesPerSecond: 1 },
  dataRepair: { rowsPerSecond: 10, modelledRowsPerRow: 100 },
  rollouts: { waves: [0.1, 0.5, 1], bake: '10m' },
  approvals: { expireAfter: '4h' },
  evidence: { staleAfter: '2h', unitTests: '5m', loadRun: '30m', dryRun: '1m' },
  thirdParties: {
    payment: { latency: delay('50ms'), declines: '1%' },
    carrier: { latency: delay('50ms') },
    model: { latency: delay('50ms') },
  },
  shoppers: {
    perSecond: { na: 3, eu: 1, cn: 1 },
    curve: Array.from({ length: 24 }, () => 1),
    startHour: 9,
    mix: { default: { 'view-price': 1 } },
    attempts: 2,
    pauseBetweenAttempts: '1s',
    patience: '5s',
  },
  people: PEOPLE,
  alarms: {
    orderRateBelow: '50%',
    errorsAbove: '10%',
    settledBelow: '4%',
    settleWindow: '2m',
    window: '1m',
    scrapeDelay: '15s',
    scrapeEvery: '15s',
  },
  persons: [{ id: 'engineer-1', level: 'mid', roles: ['operator'], team: 'web-team' }],
  roles: {
    operator: [{ verbs: ['*'], resources: ['*', 'staging:*', 'sandbox:*'] }],
    deployer: [{ verbs: ['rollout.*', 'pull-request.merge'], resources: ['shop/na'] }],
  },
  policy: [
    {
      id: 'no-deletion',
      verb: 'environment.delete',
      resource: '*',
      unlessApprovedBy: 2,
      because: 'It is ours.',
    },
  ],
  priceFloor: '50%',
  objective: '95%',
  noiseFloor: { failedJourneys: 5, ordersLost: 5, revenueLostCents: 500, outage: '1m' },
  steadyState: [{ journey: 'view-price', region: 'na', atLeast: '99%' }],
  watchedTables: [
    { service: 'shop', table: 'items', key: 'id', columns: ['amount'] },
    { service: 'stock', table: 'items', key: 'id', columns: ['amount'] },
    { service: 'costs', table: 'items', key: 'id', columns: ['amount'] },
  ],
  severity: [{ severity: 1, anyOf: [{ harm: 'outage', atLeast: 60_000, because: 'Shoppers notice.' }] }],
};
