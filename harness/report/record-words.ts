import type { ClaimResult } from '../score/fidelity.ts';
import { HARM_WORDS } from '../score/harm-words.ts';
import { safeText } from './safe-text.ts';

/** `orders lost 0 (predicted), here 4, NOT met; …`, those not met first; null without claims. */
export function recordSentence(claims: readonly ClaimResult[]): string | null {
  if (claims.length === 0) return null;
  const ordered = [...claims.filter(({ met }) => !met), ...claims.filter(({ met }) => met)];
  return `${ordered.map(shortClaim).join('; ')}.`;
}

/** The whole of a claim: what is on record, what was measured, how it was judged, and over how many seeds. */
export function claimSentence(claim: ClaimResult): string {
  const verdict = claim.met ? 'met' : 'NOT met';
  const kind = claim.kind === 'calibrated' ? 'calibrated: the world was fitted to it' : 'predicted';
  const tolerance = claim.tolerance === null ? '' : ` within ${safeText(claim.tolerance, 32)}`;
  const spread = claim.seeds > 1 && claim.p5 !== null ? `, p5 ${claim.p5}, p95 ${claim.p95}` : '';
  const weak = claim.weak ? ', weak' : '';
  const seeds = `${claim.seeds} ${claim.seeds === 1 ? 'seed' : 'seeds'}`;
  return `${safeText(claim.claim)}: on record ${safeText(claim.documented)}, here ${safeText(claim.measured ?? 'not measured')}; ${verdict}${tolerance} (${kind}; ${seeds}${spread}${weak}).`;
}

/** Cells are a list and the same when met; figures are worth their space. */
function shortClaim(claim: ClaimResult): string {
  const name = claimName(claim.claim);
  const { met, documented, measured, kind } = claim;
  const weak = claim.weak ? ', weak' : '';
  if (met && documented === measured) return `${name} ${figure(documented)}(${kind}${weak}) met`;
  return `${name}: ${safeText(documented, 60)} (${kind}${weak}), here ${safeText(measured ?? 'not measured', 60)}, ${met ? 'met' : 'NOT met'}`;
}

function figure(text: string): string {
  return /^[\d.]+[a-z%\d]*$/.test(text) ? `${text} ` : '';
}

/** `outage: buy in na` → `outage, buy in na`. */
function claimName(claim: string): string {
  const [harm = '', ...place] = claim.split(': ');
  const known = Object.entries(HARM_WORDS).find(([name]) => name === harm)?.[1];
  const words = known ?? (harm === 'orderDrop' ? 'drop of orders' : safeText(harm, 60));
  return place.length === 0 ? words : `${words}, ${safeText(place.join(': '), 60)}`;
}
