import { askDecider } from './ask-decider.ts';
import type { PeopleContext } from './people-context.ts';

/** What a person sees done in their own name. */
interface Sight {
  /** Tells it from every other of the run. */
  readonly key: string;
  readonly who: string;
  readonly region: string;
  readonly text: string;
}

/** Whether whoever noticed it tells somebody; null where the simulated person does, always. */
export function askOperator(context: PeopleContext, sight: Sight): Promise<boolean> | null {
  const asked = askDecider(context, 'operator', () => ({
    id: `operator ${sight.key}`,
    who: sight.who,
    text: `On your own screen you notice something in ${sight.region}. What do you do?`,
    seen: [`you ${sight.text.replace('their', 'your')}`],
    choices: [
      { id: 'report', text: 'call whoever is on call' },
      { id: 'leave', text: 'keep it to yourself' },
    ],
    simulated: 'report',
  }));
  return asked?.then(id => id === 'report') ?? null;
}
