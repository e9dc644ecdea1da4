/** Why a text is no well-formed XML, as far as our own reports go (elements, attributes, text); null when it is. */
export function xmlProblem(xml: string): string | null {
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  while (rest !== '') {
    const text = /^[^<]+/.exec(rest)?.[0];
    const tag = /^<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/.exec(rest);
    if (text !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) return `stray ampersand in ${text.slice(0, 80)}`;
    } else if (tag === null) {
      return `no tag at ${rest.slice(0, 80)}`;
    } else if (tag[1] === '/') {
      if (open.pop() !== tag[2]) return `</${tag[2]}> closes nothing`;
    } else {
      if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(tag[3] ?? '')) return `stray ampersand in ${tag[0]}`;
      if (tag[4] !== '/') open.push(tag[2] ?? '');
    }
    rest = rest.slice((text ?? tag?.[0] ?? '').length);
  }
  return open.length === 0 ? null : `<${open.at(-1)}> is never closed`;
}
