const DEFAULT_MAX_LENGTH = 300;
/** Marks stacked on one letter beyond this are somebody's drawing. */
const COMBINING_RUN = /(\p{M}{3})\p{M}+/gu;

/**
 * Text from agents, files and journals, made safe to show anywhere: one line, without terminal escapes, control
 * characters, direction overrides or invisible characters, and of bounded length. Escaping for a format comes after.
 */
export function safeText(text: string, maxLength = DEFAULT_MAX_LENGTH): string {
  const short = text.slice(0, maxLength * 8).toWellFormed();
  const plain = short
    .replace(TERMINAL_ESCAPES, '')
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(HIDDEN, '')
    .replace(COMBINING_RUN, '$1')
    .trim();
  const letters = [...plain];
  return letters.length <= maxLength ? plain : `${letters.slice(0, maxLength - 1).join('')}…`;
}

/** For text and attribute values of XML 1.0. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/**
 * A code span of Markdown. Inside it nothing is a link, a mention, an image or HTML, which no amount of backslashes
 * achieves.
 */
export function codeSpan(text: string): string {
  const inner = text === '' ? ' ' : text;
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/** Escapes what JSON leaves as it is and a terminal or an editor would act on; the value stays the same. */
export function escapeJsonText(json: string): string {
  return json.replace(HIDDEN, hidden =>
    [...hidden.split('')].map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

// OSC, DCS and their kin run to their terminator; CSI to its final byte; the rest are two characters.
const TERMINAL_ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/gu;

// Controls, format characters (direction marks, zero-width, tags), whatever a renderer ignores, non-characters, and the
// line ends that only some readers know.
const HIDDEN =
  /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}]/gu;
