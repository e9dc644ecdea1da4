import { MOMENTS } from '../../journal/events.ts';
import type { ArmSummary } from '../../review/arm-summary.ts';
import { eventText, MOMENT_WORDS } from '../../review/print/print-timeline.ts';
import { timeline } from '../../review/timeline.ts';
import { toldEvents } from '../../review/told-events.ts';
import type { RouteResult } from '../../score/routes.ts';
import type { ScenarioScore } from '../../score/scorecard.ts';
import { safeText } from '../safe-text.ts';
import { routesSentence } from '../scenario-lines.ts';
import { formatMoment, formatShare, listed, plural } from '../words.ts';
import { folded, list, paragraph, table } from './blocks.ts';
import { html, type Markup, NOTHING, type Part } from './markup.ts';
import type { ScenarioParts } from './scenario-section.ts';
import { inlineSign, TONE_WORDS } from './signs.ts';

const MOST_EVENTS = 80;
const MOST_ITEMS = 40;

/** What the rest of a scenario rests on: arms, moments, outages, events, guardrails, routes, the public record. */
export function detailSections(parts: ScenarioParts): Markup {
  const { view, story } = parts;
  const { score } = story;
  const inner = html`${armTable(view.id, view.arms)}${momentTable(view.id, view.arms)}${
    score === null
      ? null
      : html`${attributionTable(view.id, score)}${routeSection(view.id, score)}${recordSection(view.id, score)}`
  }${eventTables(parts)}`;
  return html`<h3>Details</h3>\n${folded('Arms, moments, guardrails, routes, public record, events', inner)}`;
}

function armTable(id: string, arms: readonly ArmSummary[]): Markup {
  const shown = table({
    name: `Arms of ${id}`,
    head: ['Arm', 'What', 'Status', 'Steps that took effect', 'Refused'],
    rows: arms.map(({ arm, what, status, progress, steps }) => [
      arm,
      what,
      status === 'cut' ? `cut at ${formatShare(progress)}` : status,
      steps.tried === 0 ? 'none tried' : `${steps.landed} of ${steps.tried}`,
      steps.tried === 0 ? '' : steps.refused,
    ]),
  });
  return html`<h4>Arms side by side</h4>\n${shown}`;
}

function momentTable(id: string, arms: readonly ArmSummary[]): Markup {
  const shown = arms.filter(({ arm }) => arm === 'unguarded' || arm === 'guarded');
  if (shown.length === 0) return NOTHING;
  const moments = table({
    name: `Moments of ${id}`,
    head: ['Moment', ...shown.map(({ arm }) => arm)],
    rows: MOMENTS.map(moment => [
      MOMENT_WORDS[moment],
      ...shown.map(({ moments: at, detectedBy }) => {
        const atMs = at[moment];
        if (atMs === null) return 'never';
        const by = moment === 'detected' && detectedBy !== null ? ` (${detectedBy})` : '';
        return `${formatMoment(atMs)}${by}`;
      }),
    ]),
    figures: shown.map((_, index) => index + 1),
  });
  return html`<h4>Moments, in world time</h4>\n${moments}`;
}

function attributionTable(id: string, { attribution }: ScenarioScore): Markup {
  if (attribution.length === 0) return NOTHING;
  const rows = attribution
    .slice(0, MOST_ITEMS)
    .map(({ guardrail, effect, necessary, sufficient, evidence }) => [
      safeText(guardrail, 64),
      effect,
      yesOrNo(necessary),
      yesOrNo(sufficient),
      evidence.slice(0, 5).join(', '),
    ]);
  const head = ['Guardrail', 'Did', 'Needed', 'Enough alone', 'Journal lines'];
  return html`<h4>What each guardrail did</h4>\n${table({ name: `Attribution in ${id}`, head, rows })}`;
}

function yesOrNo(value: boolean | null): string {
  return value === null ? 'not re-run' : value ? 'yes' : 'no';
}

const ROUTE_STATES = [
  ['passed', 'tried and passed'],
  ['held', 'tried and held'],
  ['not-tried', 'not tried'],
] as const;

function routeSection(id: string, score: ScenarioScore): Markup {
  const rows = ROUTE_STATES.flatMap(([state, words]) => {
    const found = score.routes.filter(route => route.state === state);
    const doors = [...new Set(found.map(({ door }) => door))];
    return doors.map((door): Part[] => [safeText(door, 64), words, verbsOf(found, door)]);
  });
  return html`<h4>Routes to the effect</h4>\n${paragraph(routesSentence(score))}${table({ name: `Routes in ${id}`, head: ['Door', 'State', 'Verbs'], rows })}`;
}

function verbsOf(routes: readonly RouteResult[], door: string): string {
  const verbs = routes.filter(route => route.door === door).map(({ verb }) => safeText(verb, 64));
  const more = verbs.length - MOST_ITEMS;
  return listed(more > 0 ? [...verbs.slice(0, MOST_ITEMS), `${more} more`] : verbs);
}

function recordSection(id: string, { record, fidelity }: ScenarioScore): Markup {
  if (record === null) return NOTHING;
  const claims = table({
    name: `Fidelity of ${id}`,
    head: ['Claim', 'Kind', 'On record', 'Here', 'Tolerance', 'Seeds', 'Judged'],
    rows: fidelity.map(({ claim, kind, documented, measured, tolerance, seeds, p5, p95, met, weak }) => [
      safeText(claim),
      kind === 'calibrated' ? 'calibrated: the world was fitted to it' : 'predicted',
      safeText(documented),
      safeText(measured ?? 'not measured'),
      safeText(tolerance ?? ''),
      seeds > 1 && p5 !== null ? `${seeds} (p5 ${safeText(p5)}, p95 ${safeText(p95 ?? 'not known')})` : seeds,
      html`<strong class="${met ? 'good' : 'bad'}">${met ? 'met' : 'NOT met'}</strong>${weak ? ', weak' : null}`,
    ]),
  });
  const more = [
    ...record.disputed.map(text => `Disputed: ${safeText(text, 600)}`),
    ...record.simulated.map(text => `Simulated, since it is not public: ${safeText(text, 600)}`),
    ...record.sources.map(text => `Source: ${safeText(text, 600)}`),
  ];
  return html`<h4>Against the public record: ${safeText(record.incident, 120)}</h4>\n${claims}${list(more.slice(0, MOST_ITEMS))}`;
}

/** What happened, arm by arm, in the journal's order. */
function eventTables({ story, view }: ScenarioParts): Markup {
  const { arms } = timeline(story.arms, story.score, {
    columns: 1,
    arms: ['unguarded', 'guarded', 'benign'],
  });
  const tables = arms.map(({ arm, lanes, eventsDropped }) => {
    const told = toldEvents(lanes);
    const rows = told
      .slice(0, MOST_EVENTS)
      .map(event => [
        formatMoment(event.mark.atMs),
        inlineSign(event.mark.tone, TONE_WORDS[event.mark.tone]),
        eventText(event),
      ]);
    const left = Math.max(0, told.length - MOST_EVENTS) + eventsDropped;
    const more = left === 0 ? null : `${plural(left, 'more event')} left out here: see the journal.`;
    const head = ['When', 'Sign', 'What happened [line of the journal]'];
    return folded(
      `Events of the ${arm} arm (${told.length})`,
      html`${table({ name: `Events of the ${arm} arm of ${view.id}`, head, rows })}${paragraph(more, 'quiet')}`,
    );
  });
  return html`${tables}`;
}
