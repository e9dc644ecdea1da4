import { dirname, resolve } from 'node:path';
import { createAdapterSeat } from '../guardrails/adapters/adapter-seat.ts';
import { adapterGuardrails } from '../guardrails/adapters/registry.ts';
import { resolveProfile } from '../plan/resolve-profile.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import type { Problem } from '../scenario/problem.ts';
import { createOutside } from './outside/create-outside.ts';
import { realDeadline } from './real-deadline.ts';

interface Settings {
  /** Where paths of files begin. */
  readonly cwd: string;
  /** False: any secret will do, since what is looked at is the files. */
  readonly needsSecrets: boolean;
}

/**
 * Opens every adapter of a profile once, as an arm does, and asks nobody anything. What cannot be opened (a policy with an
 * error in it, a secret that is not set) is a slip to tell of before anything runs: in an arm it would count as a guardrail
 * that fails, and one that fails closed looks like one that holds.
 */
export async function adapterProblems(
  profile: LoadedFile<'Profile'>,
  { cwd, needsSecrets }: Settings,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const opened = createOutside(dirname(resolve(cwd, profile.file)), process.env);
  const outside = needsSecrets ? opened.outside : { ...opened.outside, secret: () => 'any-secret-will-do' };
  const waitOutside = <T>(answer: Promise<T>) => answer;
  for (const [index, entry] of resolveProfile(profile.value).guardrails.entries()) {
    const definition = adapterGuardrails().get(entry.use);
    if (definition === undefined) continue;
    const seat = await createAdapterSeat(definition, entry, { outside, realDeadline, waitOutside });
    await seat.close();
    if (seat.failure === null) continue;
    const finding = {
      code: 'wrong-value',
      task: `load the guardrail "${entry.id}"`,
      hint: seat.failure,
    } as const;
    problems.push(profile.tree.atValue(['guardrails', index, 'use'], finding));
  }
  await opened.close();
  return problems;
}

/** Throws an `InvalidFileError` with what keeps adapters of these profiles from being opened. */
export async function requireAdapters(
  profiles: readonly LoadedFile<'Profile'>[],
  cwd: string,
): Promise<void> {
  const problems: Problem[] = [];
  for (const profile of profiles)
    problems.push(...(await adapterProblems(profile, { cwd, needsSecrets: true })));
  if (problems.length > 0) throw new InvalidFileError(problems);
}
