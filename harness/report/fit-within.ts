/** Size of a text in UTF-8, which is what limits of other programs count. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/**
 * Takes of each thing the longest form that still has room, in order; a thing of which no form fits is left out and
 * counted. A line costs its bytes and its newline.
 */
export function fitWithin(
  things: readonly (readonly (readonly string[])[])[],
  roomBytes: number,
): { readonly lines: string[]; readonly leftOut: number } {
  const lines: string[] = [];
  let usedBytes = 0;
  let leftOut = 0;
  for (const forms of things) {
    const fitting = forms.find(form => usedBytes + costOf(form) <= roomBytes);
    if (fitting === undefined) {
      leftOut++;
      continue;
    }
    usedBytes += costOf(fitting);
    lines.push(...fitting);
  }
  return { lines, leftOut };
}

function costOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + bytesOf(line) + 1, 0);
}
