/** Longest reason kept, in UTF-16 units. */
const LONGEST_REASON = 500;

/** Control characters (terminal escapes among them), marks that reorder text, and marks without width. */
const HARMFUL = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/** A guest's words made safe for journal, terminal and report: one line, no control characters, bounded length. */
export function cleanText(text: string, longest = LONGEST_REASON): string {
  // Cutting first bounds the work that a huge text can cause; what is stripped is given back at most once.
  const line = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(HARMFUL, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (line === '') return 'no readable reason';
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`;
}
