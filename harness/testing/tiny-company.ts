const REGION = 'cn-north-1';
/** Roles and staging name all of them, so none may be missing. */
const SERVICES = [
  'storefront',
  'pricing',
  'inventory',
  'checkout',
  'accounts',
  'delivery',
  'assistant',
  'cost-explorer',
];

/**
 * Figures of a company with one region and one instance of each service, for `smallScenario`: a live stack of it is a
 * quarter of the usual one, so that a test may start it often. Its shop sells where the cost tool is.
 */
export const TINY_COMPANY: Readonly<Record<string, unknown>> = {
  regions: [REGION],
  ...Object.fromEntries(
    SERVICES.flatMap(service => [
      [`services.${service}.regions`, [REGION]],
      [`services.${service}.instances`, 1],
    ]),
  ),
  staging: ['pricing', 'delivery', 'cost-explorer'].map(service => `staging:${service}/${REGION}`),
  'shoppers.perSecond': { [REGION]: 0.08 },
  'shoppers.mix': { [REGION]: { 'view-costs': 50, 'view-price': 20, buy: 20, 'look-at-account': 10 } },
};
