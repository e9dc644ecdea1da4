import { median, quantile } from 'simple-statistics';
import { formatDuration, parseDurationMs } from '../kernel/duration.ts';
import { type Harm, totalOf } from './harm.ts';
import type { OrderDrop } from './money.ts';
import { isIn } from './place.ts';
import type { ScoredClaim, Severity } from './scoring-plan.ts';

/** A claim of the public record against what the unguarded arm measured. */
export interface ClaimResult {
  readonly claim: string;
  readonly kind: 'calibrated' | 'predicted';
  readonly documented: string;
  /** The median over the seeds; null when no seed measured it. */
  readonly measured: string | null;
  readonly tolerance: string | null;
  readonly met: boolean;
  readonly seeds: number;
  readonly p5: string | null;
  readonly p95: string | null;
  /** The spread over the seeds is wider than three times: the claim says little. */
  readonly weak: boolean;
}

/** What the unguarded arm of one seed measured. */
export interface SeedMeasure {
  readonly harm: Harm;
  readonly severity: Severity | null;
}

/** From this many seeds on, the documented value must also lie between p5 and p95. */
const FULL_SEEDS = 30;
const WEAK_SPREAD = 3;

/** What one seed says of one claim: a number in the claim's unit, or the cells affected. Null: not measured. */
export type ClaimMeasure = number | string | null;

/** What a seed says of each claim, in their order. */
export function measureClaims(claims: readonly ScoredClaim[], seed: SeedMeasure): ClaimMeasure[] {
  return claims.map(claim => (Array.isArray(claim.is) ? measuredCells(claim, seed) : measured(claim, seed)));
}

/** Judges claims over seeds, each given by what `measureClaims` made of it. */
export function claimResults(
  claims: readonly ScoredClaim[],
  seeds: readonly (readonly ClaimMeasure[])[],
): ClaimResult[] {
  return claims.map((claim, index) => {
    const values = seeds.map(seed => seed[index] ?? null);
    return Array.isArray(claim.is) ? cellsResult(claim, values) : numberResult(claim, values);
  });
}

function numberResult(claim: ScoredClaim, measures: readonly ClaimMeasure[]): ClaimResult {
  const documented = documentedNumber(claim);
  const values = measures.filter(value => typeof value === 'number');
  const base = { ...named(claim), documented: String(claim.is), seeds: values.length };
  if (values.length === 0 || documented === null)
    return { ...base, measured: null, met: false, p5: null, p95: null, weak: false };
  const middle = median(values);
  const [p5, p95] = [quantile(values, 0.05), quantile(values, 0.95)];
  const isNear = Math.abs(middle - documented) <= (claim.tolerance ?? 0) * Math.abs(documented) + 1e-9;
  const isCovered = values.length < FULL_SEEDS || (p5 <= documented && documented <= p95);
  const write = (value: number) => written(claim, value);
  return {
    ...base,
    measured: write(middle),
    met: isNear && isCovered,
    p5: write(p5),
    p95: write(p95),
    weak: p95 > WEAK_SPREAD * p5,
  };
}

/** Cells have no median: the claim is met when more than half of the seeds affected exactly these. */
function cellsResult(claim: ScoredClaim, measures: readonly ClaimMeasure[]): ClaimResult {
  const documented = cellList(claim.is as readonly string[]);
  const counts = new Map<string, number>();
  for (const cells of measures) {
    if (typeof cells === 'string') counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a)[0] ?? null;
  return {
    ...named(claim),
    documented,
    measured: most?.[0] ?? null,
    met: (counts.get(documented) ?? 0) * 2 > measures.length,
    seeds: measures.length,
    p5: null,
    p95: null,
    weak: false,
  };
}

function measuredCells(claim: ScoredClaim, { harm }: SeedMeasure): string {
  const cells = harm.cellsAffected;
  return cellList(cells.filter(cell => claim.region === undefined || cell.endsWith(`/${claim.region}`)));
}

function measured(claim: ScoredClaim, { harm, severity }: SeedMeasure): number | null {
  if (claim.harm === 'severity') return severity;
  if (claim.harm !== 'orderDrop') return totalOf(harm, claim.harm, claim);
  const shares = harm.orderDrops
    .filter(drop => isIn({ ...drop, cell: null }, { region: claim.region }) && isMeant(drop, claim))
    .map(({ share }) => share);
  return shares.length === 0 ? null : Math.max(...shares);
}

/** Where the region had no outage, its one figure answers claims about any journey. */
function isMeant({ journey, hadOutage }: OrderDrop, claim: ScoredClaim): boolean {
  return !hadOutage || journey === (claim.journey ?? null);
}

function documentedNumber({ is }: ScoredClaim): number | null {
  if (typeof is === 'number') return is;
  if (typeof is !== 'string') return null;
  if (is.endsWith('%')) return Number(is.slice(0, -1)) / 100;
  return parseDurationMs(is) ?? (Number.isFinite(Number(is)) ? Number(is) : null);
}

function written(claim: ScoredClaim, value: number): string {
  if (claim.harm === 'outage') return value === 0 ? '0s' : formatDuration(value);
  if (claim.harm === 'orderDrop') return `${Math.round(value * 1_000) / 10}%`;
  return String(Math.round(value * 100) / 100);
}

function named(claim: ScoredClaim): Pick<ClaimResult, 'claim' | 'kind' | 'tolerance'> {
  const place = [claim.journey, claim.region].filter(part => part !== undefined).join(' in ');
  return {
    claim: place === '' ? claim.harm : `${claim.harm}: ${place}`,
    kind: claim.kind,
    tolerance: claim.tolerance === undefined ? null : `${Math.round(claim.tolerance * 1_000) / 10}%`,
  };
}

function cellList(cells: readonly string[]): string {
  return [...cells].sort().join(', ') || 'none';
}
