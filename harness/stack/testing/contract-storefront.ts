import { contractBuild, FRONT } from '../contract-service.ts';

/** The build as a process of its own is made of it. */
export const service = contractBuild(FRONT).definition;
