import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { ExecAsk, ExecReply, Outside } from '../../ports/outside.ts';

/** Programs that fail, as node runs them: real processes in the place of the user's. */
const STAYS = 'setInterval(() => {}, 1000)';
const CRASHES = 'process.stderr.write("stress: it crashed\\n"); process.exit(1)';
const CUT_OFF = 'process.stdout.write(\'{"hookSpecificOutput":{"hookEventName":"PreTo\')';

/** Runs a program that fails in this way in place of the one that was asked for. */
export function faultyProgram(fault: StressFault, real: Outside): (ask: ExecAsk) => Promise<ExecReply> {
  const instead = (script: string) => (ask: ExecAsk) =>
    real.exec({ ...ask, command: [process.execPath, '-e', script] });
  switch (fault) {
    case 'down':
      return ask => real.exec({ ...ask, command: [`${ask.command[0]}.is-gone`] });
    // A program's answer is its end, so that one that is late and one that never ends are alike.
    case 'slow':
    case 'hanging':
      return instead(STAYS);
    case '500':
      return instead(CRASHES);
    case 'garbage':
      return instead(CUT_OFF);
    case 'undefined':
      return instead('');
    case 'stale':
      return staleProgram(real);
    case 'flapping':
      return flappingProgram(real, instead(CRASHES));
  }
}

function staleProgram(real: Outside) {
  let before: ExecReply | null = null;
  return async (ask: ExecAsk) => {
    const own = await real.exec(ask);
    const answer = before ?? own;
    before = own;
    return answer;
  };
}

function flappingProgram(real: Outside, crash: (ask: ExecAsk) => Promise<ExecReply>) {
  let asked = 0;
  return (ask: ExecAsk) => {
    asked += 1;
    return asked % 2 === 1 ? crash(ask) : real.exec(ask);
  };
}
