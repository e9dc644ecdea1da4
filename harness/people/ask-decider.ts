import type { Question } from '../ports/deciders.ts';
import type { PeopleContext } from './people-context.ts';

/**
 * What somebody at the table chose for this person; null where the simulated person decides. The question is only put
 * together when somebody is asked, and nothing is awaited otherwise, so that a run without a table is the same to the byte.
 */
export function askDecider(
  { deciders }: PeopleContext,
  role: Question['role'],
  question: () => Omit<Question, 'role'>,
): Promise<string> | null {
  return deciders?.plays(role) === true ? deciders.decide({ ...question(), role }) : null;
}
