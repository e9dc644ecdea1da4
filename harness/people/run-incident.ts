import { carryOutIdea, intentionOf } from './carry-out-idea.ts';
import { findings } from './findings.ts';
import { drawn, type Incident, type Notice, report, rest, spend } from './incident.ts';
import { askForDiagnosis, askForIdea, untilAnswered } from './incident-questions.ts';
import { type Idea, nameOf, nextIdea, suspectChange } from './next-idea.ts';
import { isHealthy, type RegionView } from './region-view.ts';

/** How an incident ended. `cleared`: it was well again before they did anything. */
export type IncidentEnd = 'repaired' | 'cleared' | 'gave-up';

/** Times that they start over after running out of ideas, and repairs in each. */
const ROUND_LIMIT = 3;
const IDEA_LIMIT = 12;

/** One incident from the page to the end: acknowledge, diagnose, repair until healthy or out of ideas. */
export async function runIncident(incident: Incident, notice: Notice): Promise<IncidentEnd> {
  const { context } = incident;
  const { responders } = context.world.people;
  context.journal.write({
    type: 'person',
    who: notice.who,
    role: notice.by === 'operator' ? 'operator' : 'on-call',
    phase: 'noticed',
    sinceMs: notice.sinceMs,
    kind: notice.by === 'alarm' ? 'mechanism' : 'declared',
    text: notice.text,
  });
  const ringing = untilAnswered(incident, notice);
  if (ringing !== null) await ringing;
  await spend(incident, responders.acknowledgePage, {
    phase: 'acknowledged',
    text: () => `answered the page for ${incident.region}`,
  });
  if (isHealthy(incident.look())) return clear(incident);
  let delay = isPlain(incident.look()) ? responders.diagnoseDocumented : responders.diagnoseUndocumented;
  let hasRepaired = false;
  for (let round = 0; round < ROUND_LIMIT; round++) {
    const asked = askForDiagnosis(incident, delay);
    if (asked === null || (await asked) === 'diagnose')
      await spend(incident, delay, { phase: 'diagnosed', text: () => findings(incident.look()) });
    const end = await repairRound(incident, hasRepaired);
    if (end.state === 'healthy') return end.hasRepaired ? 'repaired' : clear(incident);
    hasRepaired = end.hasRepaired;
    const nowMs = context.clock.nowMs();
    report(incident, { phase: 'gave-up', sinceMs: nowMs, kind: 'mechanism', text: 'out of ideas' });
    delay = responders.diagnoseAgain;
  }
  return 'gave-up';
}

interface RoundEnd {
  readonly state: 'healthy' | 'out-of-ideas';
  readonly hasRepaired: boolean;
}

async function repairRound(incident: Incident, repairedBefore: boolean): Promise<RoundEnd> {
  const tried = new Map<string, number>();
  let hasRepaired = repairedBefore;
  for (let nth = 0; nth < IDEA_LIMIT; nth++) {
    const view = incident.look();
    if (isHealthy(view)) return { state: 'healthy', hasRepaired };
    const simulated = nextIdea(view, tried, incident.knowledge);
    const asked = askForIdea(incident, view, { simulated, tried });
    const idea = asked === null ? simulated : await asked;
    if (idea === null) break;
    if (idea === 'wait') {
      await watch(incident, settleMs(incident));
      continue;
    }
    tried.set(nameOf(idea), (tried.get(nameOf(idea)) ?? 0) + 1);
    hasRepaired = (await tryIdea(incident, idea)) || hasRepaired;
  }
  const isWell = await watch(incident, settleMs(incident));
  return { state: isWell ? 'healthy' : 'out-of-ideas', hasRepaired };
}

/** Tries one idea and watches what comes of it; true when it was carried out and helped. */
async function tryIdea(incident: Incident, idea: Idea): Promise<boolean> {
  const startedMs = incident.context.clock.nowMs();
  const result = await carryOutIdea(incident, idea);
  const text = intentionOf(idea);
  if (!result.done) {
    const why = `could not ${text}: ${result.why}`;
    report(incident, { phase: 'repair-failed', sinceMs: startedMs, kind: 'mechanism', text: why });
    return false;
  }
  if (idea.kind === 'rebuild' && incident.look().lost.length > 0) return true;
  const isGuess = idea.kind === 'restart';
  const { responders } = incident.context.world.people;
  const sinceMs = incident.context.clock.nowMs();
  const limitMs = isGuess ? drawn(incident, responders.watchRepair, 'watch') : settleMs(incident);
  const helped = await watch(incident, limitMs);
  report(incident, {
    phase: helped ? 'repaired' : 'repair-failed',
    sinceMs,
    kind: isGuess && !helped ? 'declared' : 'mechanism',
    text: helped ? `${text}: steady again` : `${text}: done, and not steady yet`,
  });
  if (isGuess && !helped) {
    await spend(incident, responders.diagnoseAgain, {
      phase: 'diagnosed',
      text: () => findings(incident.look()),
    });
  }
  return helped;
}

/** Looks at each scrape until the region is healthy; false when it is not within the limit. */
async function watch(incident: Incident, limitMs: number): Promise<boolean> {
  const { clock, world } = incident.context;
  const untilMs = clock.nowMs() + limitMs;
  while (!isHealthy(incident.look())) {
    const leftMs = untilMs - clock.nowMs();
    if (leftMs <= 0) return false;
    await rest(incident, Math.min(leftMs, world.alarms.scrapeEvery));
  }
  return true;
}

/** The time until the trouble has left the windows that are looked at, once the world is well again. */
function settleMs(incident: Incident): number {
  const { window, settleWindow, scrapeDelay, scrapeEvery } = incident.context.world.alarms;
  return Math.max(window, settleWindow) + scrapeDelay + 3 * scrapeEvery;
}

/** True when nobody needs to search: something is plainly gone, or a record tells of the newest change. */
function isPlain(view: RegionView): boolean {
  if (view.lost.length > 0 || view.damaged.length > 0) return true;
  return suspectChange(view, new Map())?.isDocumented === true;
}

function clear(incident: Incident): 'cleared' {
  const nowMs = incident.context.clock.nowMs();
  report(incident, {
    phase: 'decided',
    sinceMs: nowMs,
    kind: 'mechanism',
    text: 'steady again; nothing left to do',
  });
  return 'cleared';
}
