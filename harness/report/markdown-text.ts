import { codeSpan, safeText } from './safe-text.ts';

/** Text of others. */
export function code(text: string): string {
  return codeSpan(safeText(text));
}

/** Our sentence stays prose while nothing in it could be markup; else it becomes a code span. */
export function said(sentence: string): string {
  return HARMLESS.test(sentence) ? sentence : codeSpan(safeText(sentence, 1_000));
}

/** No escape keeps a pipe from ending a table's cell in every renderer, so it is replaced. */
export function cell(text: string): string {
  return said(safeText(text).replaceAll('|', '¦'));
}

/** Words, figures and the punctuation of our own sentences; no URL, mention, emphasis, link or HTML can be made of it. */
const HARMLESS = /^(?!.*(?:www\.|:\/\/|--|\]\())[A-Za-z0-9 .,;:'"()%+[\]/-]*$/;
