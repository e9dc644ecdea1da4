/** Name and version of the program, as journals carry it; the same as in package.json, which a test holds. */
export const TOOL = 'brakecheck/0.1.0';
