/**
 * Text from a file as it may stand in a terminal: control characters, terminal escapes and direction overrides become
 * visible escapes, so that a file cannot rewrite the error about itself.
 */
export function printable(text: string, maxLength = 80): string {
  const visible = text.slice(0, maxLength + 1).replace(UNSAFE, escapeCharacter);
  const characters = [...visible];
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join('')}…` : visible;
}

/** Controls, format characters (direction marks, invisible ones), line separators, and what is no character at all. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
