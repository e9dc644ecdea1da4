const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** Reads `90s`, `5m30s`, `13h` into integer milliseconds; null when the text is no duration. */
export function parseDurationMs(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(PART))
    totalMs += Number(amount) * (UNITS_MS[unit as string] as number);
  return Number.isSafeInteger(Math.round(totalMs)) ? Math.round(totalMs) : null;
}

/** Writes milliseconds as people read them: `12h58m`, `4m30s`, `850ms`. At most two units. */
export function formatDuration(durationMs: number): string {
  const sign = durationMs < 0 ? '-' : '';
  let restMs = Math.abs(Math.round(durationMs));
  if (restMs < 1_000) return `${sign}${restMs}ms`;
  restMs = Math.round(restMs / 1_000) * 1_000;
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const sizeMs = UNITS_MS[unit] as number;
    const amount = Math.floor(restMs / sizeMs);
    restMs -= amount * sizeMs;
    if (amount > 0) parts.push(`${amount}${unit}`);
    if (parts.length === 2) break;
  }
  return sign + parts.join('');
}
