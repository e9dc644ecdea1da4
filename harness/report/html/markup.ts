import { escapeXml } from '../safe-text.ts';

/** Text that is HTML already. Only `html` and `trusted` make it, so that nothing reaches a page without having been escaped. */
export interface Markup {
  readonly markup: string;
}

/** What a template takes: texts and numbers are escaped, markup is not, lists are joined, null is nothing. */
export type Part = Markup | string | number | null | readonly Part[];

/** A template whose every part is escaped unless it is markup; good for content and for quoted attribute values. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => text + written(parts[index] ?? null)).join('') };
}

/** For text that this project itself has written: style sheets, and drawings of Vega, which escapes what it is given. */
export function trusted(markup: string): Markup {
  return { markup };
}

export const NOTHING: Markup = { markup: '' };

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeXml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(written).join('');
}
