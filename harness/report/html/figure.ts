import { scrolling } from './blocks.ts';
import type { Draw } from './draw.ts';
import type { Drawing } from './drawing.ts';
import { html, type Markup } from './markup.ts';

export interface FigureParts {
  /** Names the figure; unique in the page. */
  readonly name: string;
  /** What the picture says, for those who do not see it; the tables around it say it in full. */
  readonly alternative: string;
  readonly key: Markup;
  readonly drawing: Drawing;
}

/** A drawing in a region of its own, as large as it is: on a narrow window it scrolls, on paper it shrinks. */
export async function figure({ name, alternative, key, drawing }: FigureParts, draw: Draw): Promise<Markup> {
  const width = Math.ceil(drawing.width);
  const height = Math.ceil(drawing.height);
  const picture = html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${alternative}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${await draw(drawing)}</svg>`;
  return html`<figure>${scrolling(`${name} (picture)`, picture)}<figcaption>${key}</figcaption></figure>\n`;
}
