import { wrap } from '../../report/columns.ts';
import { escapeXml, safeText } from '../../report/safe-text.ts';
import type { Notice } from './notice.ts';
import { noticeLines } from './notice-lines.ts';

export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MOST_SUBJECT = 150;

/** A mail in plain text and HTML that say the same. `prefix` begins the subject, in brackets. */
export function emailMessage(notice: Notice, prefix: string | undefined): EmailMessage {
  const { headline, title, occurrences, result, notes } = noticeLines(notice);
  const mark = prefix === undefined ? '' : `[${safeText(prefix, 64)}] `;
  const blocks = [
    wrap(title),
    occurrences.flatMap(sentence => wrap(`- ${sentence}`, { hanging: 2 })),
    result.flatMap(line => wrap(line)),
    notes.flatMap(line => wrap(line)),
    ['Sent by brakecheck.'],
  ].filter(lines => lines.length > 0);
  return {
    subject: safeText(`${mark}${headline}`, MOST_SUBJECT),
    text: `${[wrap(headline), ...blocks].map(lines => lines.join('\n')).join('\n\n')}\n`,
    html: htmlOf(notice),
  };
}

/** No style sheet, script, image or link: there is nothing in it that a reader could block. */
function htmlOf(notice: Notice): string {
  const { headline, title, occurrences, result, notes } = noticeLines(notice);
  const paragraph = (line: string) => `<p>${escapeXml(line)}</p>`;
  const list =
    occurrences.length === 0
      ? ''
      : `<ul>${occurrences.map(sentence => `<li>${escapeXml(sentence)}</li>`).join('\n')}</ul>`;
  const parts = [
    `<h1>${escapeXml(headline)}</h1>`,
    paragraph(title),
    list,
    ...result.map(paragraph),
    ...notes.map(note => `<p><small>${escapeXml(note)}</small></p>`),
    '<p><small>Sent by brakecheck.</small></p>',
  ].filter(part => part !== '');
  const head = `<meta charset="utf-8"><title>${escapeXml(headline)}</title>`;
  return `<!doctype html>\n<html lang="en">\n<head>${head}</head>\n<body>\n${parts.join('\n')}\n</body>\n</html>\n`;
}
