import { safeText } from './safe-text.ts';

/** A text as one word of a shell's command line; whatever it holds, it stays one word. */
export function shellWord(text: string): string {
  const safe = safeText(text, 1_000);
  return /^[\w./:=@%+,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
