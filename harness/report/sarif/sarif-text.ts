import { safeText } from '../safe-text.ts';

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

export function sarifText(text: string, maxLength?: number): string {
  return safeText(text, maxLength)
    .replaceAll('{', '{{')
    .replaceAll('}', '}}')
    .replaceAll('[', '\\[')
    .replaceAll(']', '\\]');
}
