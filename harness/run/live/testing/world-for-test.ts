import { readFileSync } from 'node:fs';
import { loadFile } from '../../../scenario/load-file.ts';
import type { World } from '../../../scenario/world-schema.ts';

/** The default world. */
export function worldForTest(): World {
  return loadFile('scenarios/world.yaml', readFileSync('scenarios/world.yaml'), 'World').value;
}
