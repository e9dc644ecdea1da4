import { html, type Markup, NOTHING, type Part } from './markup.ts';

/** Content that may be wider than the window: it scrolls by itself, with the keyboard too. `name` must be unique in the page. */
export function scrolling(name: string, content: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${content}</div>\n`;
}

export interface TableParts {
  /** Names the table's own region; unique in the page. */
  readonly name: string;
  readonly head: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly Part[])[];
  /** Columns of figures, aligned to the right. */
  readonly figures?: readonly number[];
}

/** Nothing for a table without rows. */
export function table({ name, head, rows, figures = [] }: TableParts): Markup {
  if (rows.length === 0) return NOTHING;
  const align = (column: number) => (figures.includes(column) ? html` class="figure"` : null);
  const headCells = head.map((text, column) =>
    text === '' ? html`<td></td>` : html`<th scope="col"${align(column)}>${text}</th>`,
  );
  const body = rows.map(
    cells =>
      html`<tr>${cells.map((cell, column) =>
        column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${align(column)}>${cell}</td>`,
      )}</tr>\n`,
  );
  return scrolling(name, html`<table><thead><tr>${headCells}</tr></thead>\n<tbody>\n${body}</tbody></table>`);
}

/** Labelled sentences; those without a text are left out. */
export function facts(pairs: readonly (readonly [label: string, text: Part])[]): Markup {
  const known = pairs.filter(([, text]) => text !== null && text !== '');
  if (known.length === 0) return NOTHING;
  return html`<dl class="facts">${known.map(
    ([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>\n`,
  )}</dl>\n`;
}

export function list(items: readonly Part[]): Markup {
  return items.length === 0 ? NOTHING : html`<ul>${items.map(item => html`<li>${item}</li>\n`)}</ul>\n`;
}

export function paragraph(text: Part, kind: 'plain' | 'quiet' = 'plain'): Markup {
  if (text === null || text === '') return NOTHING;
  return kind === 'quiet' ? html`<p class="quiet">${text}</p>\n` : html`<p>${text}</p>\n`;
}

/** A block that is folded on a screen and open on paper. */
export function folded(summary: string, content: Markup): Markup {
  return content.markup === ''
    ? NOTHING
    : html`<details><summary>${summary}</summary>\n${content}</details>\n`;
}

/** A command to copy: it scrolls and is never broken. `name` must be unique in the page. */
export function command(name: string, text: string): Markup {
  return html`<pre class="scroll" role="region" aria-label="${name}" tabindex="0"><code>${text}</code></pre>\n`;
}

/** One sentence of a list of them, or nothing. */
export function sentences(all: readonly string[]): Markup {
  const only = all[0];
  return all.length === 1 && only !== undefined ? paragraph(only) : list(all);
}
