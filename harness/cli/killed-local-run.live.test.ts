import { test } from 'vitest';
import { killAtTenMoments } from '../testing/kill-at-ten-moments.ts';

test(
  'local: of a run that was killed at any of ten moments nothing is left after the next start, and its journals can be read',
  { timeout: 3_600_000 },
  () => killAtTenMoments('local'),
);
