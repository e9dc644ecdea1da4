import type { VerbCatalogue } from '../ports/verb.ts';
import type { Verb } from './verb.ts';
import { accessVerbs } from './verbs/access.ts';
import { backupVerbs } from './verbs/backup.ts';
import { buildVerbs } from './verbs/build.ts';
import { computeVerbs } from './verbs/compute.ts';
import { configVerbs } from './verbs/config.ts';
import { databaseVerbs } from './verbs/database.ts';
import { environmentVerbs } from './verbs/environment.ts';
import { evidenceVerbs } from './verbs/evidence-run.ts';
import { networkVerbs } from './verbs/network.ts';
import { paperworkVerbs } from './verbs/paperwork.ts';
import { planVerbs } from './verbs/plan.ts';
import { rolloutVerbs } from './verbs/rollout.ts';

/** Every verb by name, with what files, plans and reports need to know of it. */
export function verbCatalogue(): VerbCatalogue {
  return allVerbs();
}

/** Every verb by name, as the control plane uses it. */
export function allVerbs(): ReadonlyMap<string, Verb> {
  const verbs = [
    ...environmentVerbs,
    ...planVerbs,
    ...buildVerbs,
    ...rolloutVerbs,
    ...configVerbs,
    ...databaseVerbs,
    ...paperworkVerbs,
    ...accessVerbs,
    ...computeVerbs,
    ...evidenceVerbs,
    ...backupVerbs,
    ...networkVerbs,
  ];
  return new Map(verbs.map(verb => [verb.name, verb]));
}
