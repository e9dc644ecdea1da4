import { formatDuration } from '../kernel/duration.ts';
import type { Choice, Question } from '../ports/deciders.ts';
import type { DeclaredDelay } from '../scenario/common-schema.ts';
import { askDecider } from './ask-decider.ts';
import { intentionOf } from './carry-out-idea.ts';
import { findings } from './findings.ts';
import { drawn, type Incident, type Notice, rest } from './incident.ts';
import { type Idea, nameOf, possibleIdeas, type Tried } from './next-idea.ts';
import type { RegionView } from './region-view.ts';

/** A page that rings in vain is sent again this often; after that it is answered. */
const RING_LIMIT = 5;
/** Repairs offered at once. */
const MOST_IDEAS = 30;

/** At a table: lets the page ring until somebody there wants it answered. Null: the simulated person answers. */
export function untilAnswered(incident: Incident, notice: Notice): Promise<void> | null {
  const first = askAboutPage(incident, notice, 0);
  return first === null ? null : ring(incident, notice, first);
}

async function ring(incident: Incident, notice: Notice, first: Promise<string>): Promise<void> {
  const { acknowledgePage } = incident.context.world.people.responders;
  let asked: Promise<string> | null = first;
  for (let rung = 1; rung <= RING_LIMIT && asked !== null; rung++) {
    if ((await asked) === 'answer') return;
    await rest(incident, drawn(incident, acknowledgePage, 'let-it-ring'));
    asked = rung < RING_LIMIT ? askAboutPage(incident, notice, rung) : null;
  }
}

function askAboutPage(incident: Incident, notice: Notice, rung: number): Promise<string> | null {
  const again = rung === 0 ? '' : ' again';
  return ask(incident, 'page', () => ({
    text: `The pager rings${again} for ${incident.region}. What do you do?`,
    seen: [`notice: ${notice.text}`],
    choices: [
      { id: 'answer', text: 'answer the page' },
      { id: 'let-it-ring', text: 'let it ring' },
    ],
    simulated: 'answer',
  }));
}

/** `diagnose` or `act-at-once`. Null: the simulated person looks for the cause before acting. */
export function askForDiagnosis(incident: Incident, delay: DeclaredDelay): Promise<string> | null {
  return ask(incident, 'diagnosis', () => ({
    text: `How do you go on in ${incident.region}?`,
    seen: symptoms(incident.look()),
    choices: [
      { id: 'diagnose', text: `look for the cause first, which takes about ${formatDuration(delay.median)}` },
      { id: 'act-at-once', text: 'act at once, by what can be seen now' },
    ],
    simulated: 'diagnose',
  }));
}

/** The next repair; `wait`: watch whether it passes; null: they give up for now. A null promise: nobody at a table decides. */
export function askForIdea(
  incident: Incident,
  view: RegionView,
  given: { readonly simulated: Idea | null; readonly tried: Tried },
): Promise<Idea | 'wait' | null> | null {
  const { simulated, tried } = given;
  const offered = new Map<string, Idea>();
  for (const idea of [
    ...(simulated === null ? [] : [simulated]),
    ...possibleIdeas(view, incident.knowledge),
  ]) {
    // Restarts share a name among what was tried, and are told apart by what they restart.
    const id = idOf(idea);
    if (!offered.has(id) && offered.size < MOST_IDEAS) offered.set(id, idea);
  }
  // Not the simulation's favourite first, which would give it away.
  const ideas = [...offered].sort(([a], [b]) => (a < b ? -1 : 1));
  const asked = ask(incident, 'repair', () => ({
    text: `What do you do next in ${incident.region}?`,
    seen: [`found: ${findings(view)}`, ...triedBefore(tried)],
    choices: [
      ...ideas.map(([id, idea]): Choice => ({ id, text: intentionOf(idea) })),
      { id: 'wait', text: 'change nothing for now, and watch' },
      { id: 'stop', text: 'stop trying; think again' },
    ],
    simulated: simulated === null ? 'stop' : idOf(simulated),
  }));
  return asked === null ? null : asked.then(id => (id === 'wait' ? 'wait' : (offered.get(id) ?? null)));
}

/** In `ids`: what would restart or take back one thing keeps one word however often it is offered. */
function idOf(idea: Idea): string {
  const name = idea.kind === 'restart' ? `restart ${idea.cell}` : nameOf(idea);
  return name.replaceAll(' ', ':');
}

function triedBefore(tried: Tried): string[] {
  return tried.size === 0 ? [] : [`tried so far: ${[...tried.keys()].join(', ')}`];
}

/** What alarms and telemetry show before anybody has looked for a cause. */
function symptoms({ region, unhealthy, lost, hasOpenAlarm }: RegionView): string[] {
  return [
    hasOpenAlarm ? `an alarm of ${region} is open` : `no alarm of ${region} is open`,
    ...unhealthy.map(cell => `telemetry: many errors in ${cell}`),
    ...lost.map(({ cell }) => `telemetry: ${cell} answers nobody`),
  ];
}

function ask(
  incident: Incident,
  what: string,
  question: () => Omit<Question, 'id' | 'who' | 'role'>,
): Promise<string> | null {
  return askDecider(incident.context, 'on-call', () => {
    const nth = incident.spent.get(`asked ${what}`) ?? 0;
    incident.spent.set(`asked ${what}`, nth + 1);
    return { ...question(), id: `on-call ${incident.key} ${what} ${nth}`, who: incident.onCall.id };
  });
}
