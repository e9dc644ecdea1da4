import { safeText } from '../safe-text.ts';

const NOTHING = '(nothing that can be shown)';

export interface SarifMessage {
  readonly text: string;
}

/**
 * A message of plain text. In SARIF 2.1.0 braces hold placeholders (3.11.5) and `[text](target)` is a link (3.11.6), so
 * both are kept from being either.
 */
export function sarifMessage(...sentences: readonly string[]): SarifMessage {
  return { text: sarifText(sentences.join(' '), 1_500) };
}

function sarifText(text: string, maxLength: number): string {
  return shown(text, maxLength)
    .replaceAll('{', '{{')
    .replaceAll('}', '}}')
    .replaceAll('[', '\\[')
    .replaceAll(']', '\\]');
}

/** A name of others; the standard wants none to be empty. */
export function sarifName(text: string): string {
  return shown(text, 64);
}

function shown(text: string, maxLength: number): string {
  const safe = safeText(text, maxLength);
  return safe === '' ? NOTHING : safe;
}
