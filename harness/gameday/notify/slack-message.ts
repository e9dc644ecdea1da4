import type { Notice } from './notice.ts';
import { noticeLines } from './notice-lines.ts';

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

export interface SlackMessage {
  /** For notifications, and for receivers that know no blocks. */
  readonly text: string;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks: readonly (
    | { readonly type: 'header' | 'section'; readonly text: PlainText }
    | { readonly type: 'context'; readonly elements: readonly PlainText[] }
  )[];
}

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER = 150;
const SECTION = 3_000;
const CONTEXT = 2_000;

/**
 * A message for Slack's incoming webhooks, and for what takes the same. Texts are plain, so that nothing in them is a
 * mark, a link or a mention; the fallback, which is always read as marks, is escaped.
 */
export function slackMessage(notice: Notice): SlackMessage {
  const { headline, title, occurrences, result, notes } = noticeLines(notice);
  const body = [title, ...occurrences.map(sentence => `• ${sentence}`)].join('\n');
  return {
    text: escapeMarks([headline, ...occurrences].join('\n')).slice(0, SECTION),
    ...{ mrkdwn: false, unfurl_links: false, unfurl_media: false },
    blocks: [
      { type: 'header', text: plain(headline, HEADER) },
      { type: 'section', text: plain(body, SECTION) },
      ...(result.length === 0 ? [] : [{ type: 'section' as const, text: plain(result.join('\n'), SECTION) }]),
      ...(notes.length === 0
        ? []
        : [{ type: 'context' as const, elements: [plain(notes.join(' '), CONTEXT)] }]),
    ],
  };
}

function plain(text: string, most: number): PlainText {
  // An empty text makes Slack refuse the whole message.
  const whole = text === '' ? '-' : withoutMentions(text);
  return {
    type: 'plain_text',
    text: whole.length <= most ? whole : `${whole.slice(0, most - 1).toWellFormed()}…`,
    emoji: false,
  };
}

/** `<`, `>` and `&` are all that Slack reads as marks of links and mentions. */
function escapeMarks(text: string): string {
  return withoutMentions(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Other receivers of the same format call people at a bare `@channel`; the full-width sign reads the same. */
function withoutMentions(text: string): string {
  return text.replaceAll('@', '＠');
}
