import { UNSAFE_TEXT } from '../../../testing/hostile-texts.ts';

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<>]*"|\s+[\w:-]+(?=[\s>/]))*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const VOID = new Set(['meta', 'link', 'img']);

const TAGS = new Set([
  ...[
    'html',
    'head',
    'meta',
    'title',
    'link',
    'style',
    'body',
    'header',
    'main',
    'section',
    'article',
    'div',
  ],
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'p',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'a',
    'code',
    'pre',
    'strong',
    'span',
    'i',
  ],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'figure', 'figcaption', 'img'],
  ...['svg', 'g', 'path', 'rect', 'line', 'text'],
]);

/** What is wrong with a page of ours, read as a browser would; empty when nothing is. */
export function htmlProblems(page: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const ids: string[] = [];
  const named: string[] = [];
  let heading = 0;
  const start = page.indexOf('<html');
  // Within the style sheet `>` is a combinator, and nothing in it comes from outside.
  const text = page.slice(start).replace(/<style>[^<]*<\/style>/, '<style></style>');
  if (!page.startsWith('<!doctype html>\n<html')) problems.push('it does not begin as a page does');
  if (UNSAFE_TEXT.test(page)) problems.push('a control or an invisible character');
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    TAG.lastIndex = at;
    const [, close, name = '', attributes = '', self] = TAG.exec(text) ?? [];
    if (!TAGS.has(name)) problems.push(`no tag of ours: ${text.slice(at, at + 60)}`);
    else if (close === '/') {
      if (open.pop() !== name) problems.push(`</${name}> closes nothing`);
    } else {
      problems.push(...attributeProblems(name, attributes));
      ids.push(...valuesOf(attributes, 'id'));
      named.push(...valuesOf(attributes, 'aria-labelledby'));
      const level = Number(/^h([1-4])$/.exec(name)?.[1] ?? heading);
      if (level > heading + 1) problems.push(`a heading of level ${level} after one of level ${heading}`);
      heading = level;
      if (!VOID.has(name) && self !== '/') open.push(name);
    }
  }
  if (open.length > 0) problems.push(`left open: ${open.join(' ')}`);
  if (new Set(ids).size !== ids.length) problems.push('an id twice');
  problems.push(...named.filter(id => !ids.includes(id)).map(id => `no element has the id ${id}`));
  return problems;
}

/** Nothing that runs, loads or leads out of the file. */
function attributeProblems(tag: string, attributes: string): string[] {
  return [...attributes.matchAll(ATTRIBUTE)].flatMap(([, name = '', value = '']) => {
    if (/^(on|style$|srcset$|action$|formaction$|xlink)/i.test(name)) return [`${name} on ${tag}`];
    if (name === 'href' && !/^(#[\w-]+|data:,)$/.test(value)) return [`a link to ${value}`];
    if (name === 'src' && !/^data:image\/(png|jpeg|webp);base64,[\w+/=]+$/.test(value))
      return [`a source ${value}`];
    if (/url\(/i.test(value)) return [`a url in ${name}`];
    return [];
  });
}

function valuesOf(attributes: string, wanted: string): string[] {
  return [...attributes.matchAll(ATTRIBUTE)].flatMap(([, name, value = '']) =>
    name === wanted ? [value] : [],
  );
}
