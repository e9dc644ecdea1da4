import { nearestWord } from '../../kernel/nearest.ts';
import { describeFound } from '../describe-found.ts';
import type { BudgetLine, Claim } from '../harm-schema.ts';
import type { FilePath } from '../problem.ts';
import { repairDuration, repairPercent } from '../repair.ts';
import { repairClauses } from '../value-findings.ts';
import type { World } from '../world-schema.ts';
import { cellsOf } from './check-resource.ts';
import { journeysIn } from './journeys-in.ts';
import type { Reporter } from './reporter.ts';

/** Lines of a budget: each harm and place once, in the harm's unit. */
export function checkBudget(
  report: Reporter,
  path: FilePath,
  lines: readonly BudgetLine[],
  world: World,
): void {
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const here = [...path, index];
    checkPlace(report, here, line, world);
    checkOnce(report, here, line, seen);
    checkUnit(report, [...here, 'atMost'], line.harm, 'budget');
  }
}

/** Claims of a public record, in the harm's unit. */
export function checkClaims(report: Reporter, path: FilePath, claims: readonly Claim[], world: World): void {
  const seen = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const here = [...path, index];
    checkPlace(report, here, claim, world);
    checkOnce(report, here, claim, seen);
    checkUnit(report, [...here, 'is'], claim.harm, 'claim');
    if (claim.harm !== 'cellsAffected' || !Array.isArray(claim.is)) continue;
    for (const [cell, word] of claim.is.entries()) {
      report.name([...here, 'is', cell], { noun: 'cell', word, legal: cellsOf(world) });
    }
  }
}

type Line = Pick<Claim, 'harm' | 'journey' | 'region'>;

/** Harms that are counted journey by journey. */
const BY_JOURNEY = new Set<string>(['outage', 'failedJourneys']);

function checkPlace(report: Reporter, path: FilePath, line: Line, world: World): void {
  const { journey, region, harm } = line;
  const isRegion =
    region === undefined ||
    report.name([...path, 'region'], { noun: 'region', word: region, legal: world.regions });
  if (journey === undefined) return;
  if (!BY_JOURNEY.has(harm)) {
    report.key([...path, 'journey'], {
      code: 'conflict',
      task: `look at ${harm} by journey`,
      hint: `only ${[...BY_JOURNEY].join(' and ')} are counted by journey; remove the key`,
    });
    return;
  }
  if (!isRegion) return;
  const regions = region === undefined ? world.regions : [region];
  const legal = [...new Set(regions.flatMap(each => journeysIn(world, each)))];
  if (legal.includes(journey)) return;
  report.value([...path, 'journey'], {
    code: 'conflict',
    task: `look at the journey ${journey}${region === undefined ? '' : ` in ${region}`}`,
    hint: 'no shopper sets out on it there, so nothing could ever be counted',
    legal,
    nearest: nearestWord(journey, legal),
  });
}

function checkOnce(report: Reporter, path: FilePath, line: Line, seen: Set<string>): void {
  const key = `${line.harm} ${line.journey ?? '*'} ${line.region ?? '*'}`;
  if (seen.has(key)) {
    report.value([...path, 'harm'], {
      code: 'conflict',
      task: `state ${line.harm} for the same place a second time`,
      hint: 'keep one of the two lines',
    });
  }
  seen.add(key);
}

interface Unit {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  readonly repair?: (value: unknown) => string | null;
}

const DURATION: Unit = {
  expected: 'a duration such as 10m',
  fits: value => typeof value === 'string' && /^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value),
  repair: repairDuration,
};
const SHARE: Unit = {
  expected: 'a percentage such as 99%',
  fits: value => typeof value === 'string' && /^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/.test(value),
  repair: repairPercent,
};
const COUNT: Unit = {
  expected: 'a whole number of at least 0',
  fits: value => Number.isSafeInteger(value) && (value as number) >= 0,
};
const CENTS: Unit = { ...COUNT, expected: 'a whole number of cents of at least 0' };
const CELLS: Unit = { expected: 'a list of cells such as [pricing/na]', fits: value => Array.isArray(value) };
const SEVERITY: Unit = {
  expected: 'a number from 1 to 4',
  fits: value => [1, 2, 3, 4].includes(value as number),
};

function unitOf(harm: string, use: 'budget' | 'claim'): Unit {
  if (harm === 'outage') return DURATION;
  if (harm === 'orderDrop') return SHARE;
  if (harm === 'severity') return SEVERITY;
  if (harm === 'cellsAffected' && use === 'claim') return CELLS;
  return harm.endsWith('Cents') ? CENTS : COUNT;
}

/** Checked as written: once read, ten minutes and 600000 are the same. */
function checkUnit(report: Reporter, path: FilePath, harm: string, use: 'budget' | 'claim'): void {
  const unit = unitOf(harm, use);
  const written = report.tree.at(path);
  if (unit.fits(written)) return;
  report.value(path, {
    code: 'wrong-type',
    task: `read an amount of ${harm}`,
    found: describeFound(written),
    expected: unit.expected,
    ...repairClauses(unit.repair?.(written) ?? null),
  });
}
