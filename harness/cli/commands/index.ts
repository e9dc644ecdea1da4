import type { AddCommand } from '../command.ts';
import { addDescribe } from './describe.ts';
import { addList } from './list.ts';
import { addReport } from './report.ts';
import { addRun } from './run.ts';
import { addSchema } from './schema.ts';
import { addScore } from './score.ts';
import { addValidate } from './validate.ts';
import { addVerify } from './verify.ts';

/** Every verb, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addRun,
  addScore,
  addReport,
  addVerify,
  addValidate,
  addSchema,
  addList,
  addDescribe,
];
