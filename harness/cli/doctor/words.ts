import { AREAS, type Area, type Check } from './check.ts';

const TITLE_WIDTH = 20;

/** The page that people read: one line for each thing, with what to type below what is missing. */
export function doctorWords(
  checks: readonly Check[],
  works: Readonly<Record<Area, boolean>>,
  unmet: readonly Area[],
): string {
  return [
    ...checks.flatMap(linesOf),
    '',
    ...AREAS.map(area => areaLine(area, works[area], checks)),
    ...(unmet.length > 0 ? ['', `Required and not there: ${unmet.join(', ')}.`] : []),
    '',
  ].join('\n');
}

function linesOf({ state, title, found, consequence, remedy }: Check): string[] {
  const indent = ' '.repeat(9);
  return [
    `${state.padEnd(9)}${title.padEnd(TITLE_WIDTH)}${found.replaceAll(/\s*\n\s*/g, ' ')}`,
    ...(consequence === null ? [] : [`${indent}${consequence}`]),
    ...(remedy === null ? [] : remedyLines(remedy).map(line => `${indent}${line}`)),
  ];
}

function remedyLines({ debian, macos }: { debian: string; macos: string }): string[] {
  return debian === macos ? [`type: ${debian}`] : [`Debian/Ubuntu: ${debian}`, `macOS: ${macos}`];
}

function areaLine(area: Area, isWorking: boolean, checks: readonly Check[]): string {
  if (isWorking) return `${area.padEnd(11)} available`;
  const missing = checks.filter(({ blocks }) => blocks.includes(area)).map(({ title }) => title);
  return `${area.padEnd(11)} not available: ${missing.join(', ')}`;
}
