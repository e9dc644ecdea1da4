import type { Footprint } from '../ports/action.ts';

const REMOVAL_WORDS =
  /\b(?:delet|remov|decommission|retir|destroy|tear|drop|purg|clean|clear|rebuild|recreat|replac|restor|shut|wip|truncat|archiv|repair)\w*/i;
const ACCESS_WORDS = /\b(?:access|permission|role|credential|grant|account|onboard|right)\w*/i;
const CAPACITY_WORDS = /\b(?:capacity|scal|resiz|comput|instance|train|load|launch|cluster|job)\w*/i;

/** Says that the task's words do not speak of what the action does; null when they do. */
export function taskMismatch(task: string, verb: string, footprint: Footprint): string | null {
  if (footprint.destructive && !REMOVAL_WORDS.test(task))
    return `the task says nothing of removing anything (${verb})`;
  const family = verb.slice(0, Math.max(0, verb.indexOf('.')));
  if (family === 'credential' && !ACCESS_WORDS.test(task)) return `the task says nothing of access (${verb})`;
  if (family === 'compute' && !CAPACITY_WORDS.test(task))
    return `the task says nothing of capacity (${verb})`;
  return null;
}
