import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from './markup.ts';
import { STYLE } from './style.ts';

/** The whole document. Nothing may be loaded or run: the policy allows this one style sheet, and pictures that are in the file. */
export function page({ title, body }: { readonly title: string; readonly body: Markup }): string {
  const digest = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}</body>
</html>
`.markup;
}
