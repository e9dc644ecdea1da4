import { openCatalogue } from '../../scenario/catalogue.ts';
import { createNodeFileReader } from '../../scenario/node-file-reader.ts';
import type { World } from '../../scenario/world-schema.ts';
import { FRONT, SHELF } from '../contract-service.ts';
import { IDLE_TIMEOUT_MS, POOL_MAX, SERVICE_CONNECTIONS } from '../stack-contract.ts';

/** Connections that the server keeps back for administrators. */
const RESERVED = 3;

/** The world that the stack contract asks for. */
export function contractWorld(): World {
  const { value: world } = openCatalogue(createNodeFileReader('.'), ['scenarios']).find('World', 'retail');
  const service = (name: string) => {
    const spec = world.services[name];
    if (spec === undefined) throw new Error(`the retail world has no ${name}`);
    return [name, { ...spec, poolMax: POOL_MAX, regions: ['east', 'west'] }] satisfies [
      string,
      World['services'][string],
    ];
  };
  return {
    ...world,
    regions: ['east', 'west'],
    database: {
      ...world.database,
      connectionLimit: SERVICE_CONNECTIONS + RESERVED,
      idleTimeout: IDLE_TIMEOUT_MS,
    },
    services: Object.fromEntries([service(SHELF), service(FRONT)]),
  };
}
