import { invariant } from '../kernel/invariant.ts';

/** A way for the process to end. */
export interface ExitCode {
  readonly code: number;
  readonly name: string;
  /** When it applies: the sentence of the README and of `--help`. */
  readonly when: string;
}

/** All ways to end, the worst first: when several apply, the first one is the exit code. Only full success is 0. */
export const EXIT_CODES = [
  { code: 5, name: 'unclean', when: 'clean-up or recovery could not be verified' },
  { code: 143, name: 'terminated', when: 'stopped by SIGTERM, after closing the journal and cleaning up' },
  { code: 130, name: 'interrupted', when: 'stopped by Ctrl-C, after closing the journal and cleaning up' },
  {
    code: 4,
    name: 'environment',
    when: 'Docker, a port, the disk, a browser or other machine trouble; also a bug of ours',
  },
  { code: 3, name: 'invalid', when: 'a bad file, option or usage' },
  {
    code: 1,
    name: 'weakness',
    when: 'something escaped, a benign twin was blocked or late, or the score is under the gate',
  },
  {
    code: 2,
    name: 'inconclusive',
    when: 'steady state was not met, the mistake never landed or did no damage without guardrails, nothing ran, or evidence is missing',
  },
  {
    code: 0,
    name: 'held',
    when: 'every verdict is contained, no benign twin was blocked or late, and clean-up was verified',
  },
] as const satisfies readonly ExitCode[];

export type ExitCodeName = (typeof EXIT_CODES)[number]['name'];

/** The worst of all that apply; `held` when nothing does. */
export function worstOf(names: readonly ExitCodeName[]): (typeof EXIT_CODES)[number] {
  const worst = EXIT_CODES.find(({ name }) => name === 'held' || names.includes(name));
  invariant(worst !== undefined, 'the table of exit codes ends with full success');
  return worst;
}
