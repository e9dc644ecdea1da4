import { killAtTenMoments } from '../testing/kill-at-ten-moments.ts';
import { needs } from '../testing/needs.ts';

const containersTest = needs('containers');

containersTest(
  'containers: of a run that was killed at any of ten moments nothing is left after the next start, and its journals can be read',
  () => killAtTenMoments('containers'),
  3_600_000,
);
