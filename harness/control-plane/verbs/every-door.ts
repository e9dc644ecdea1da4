import { DOORS, type Door } from '../../ports/action.ts';

/** Looking things up and paperwork go through whatever door one stands at. */
export const EVERY_DOOR: readonly Door[] = DOORS;
