import { contractBuild, SHELF } from '../contract-service.ts';

/** The build as a process of its own is made of it. */
export const service = contractBuild(SHELF).definition;
