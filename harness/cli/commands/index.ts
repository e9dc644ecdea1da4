import type { AddCommand } from '../command.ts';
import { addAdvise } from './advise.ts';
import { addClean } from './clean.ts';
import { addDescribe } from './describe.ts';
import { addDiff } from './diff.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addGameDay } from './gameday.ts';
import { addHistory } from './history.ts';
import { addImages } from './images.ts';
import { addList } from './list.ts';
import { addReport } from './report.ts';
import { addReview } from './review.ts';
import { addRun } from './run.ts';
import { addSchedule } from './schedule.ts';
import { addSchema } from './schema.ts';
import { addScore } from './score.ts';
import { addStress } from './stress.ts';
import { addTwin } from './twin.ts';
import { addValidate } from './validate.ts';
import { addVerify } from './verify.ts';

/** Every verb, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addRun,
  addGameDay,
  addSchedule,
  addScore,
  addReport,
  addReview,
  addDiff,
  addHistory,
  addAdvise,
  addVerify,
  addTwin,
  addExplain,
  addStress,
  addValidate,
  addSchema,
  addList,
  addDescribe,
  addImages,
  addDoctor,
  addClean,
];
