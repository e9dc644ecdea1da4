import { type Drawing, specOf } from './drawing.ts';
import { type Markup, trusted } from './markup.ts';

/** A drawing as SVG without its own `<svg>` tags: the figure around it gives them a name. */
export type Draw = (drawing: Drawing) => Promise<Markup>;

/** What the library says of its groups of marks: the picture has one name, given by the figure, and parts without. */
const ROLES = /<(g|path)(?: class="[^"]*")? role="[^"]*" aria-roledescription="[^"]*"/g;

/**
 * Loads Vega, which is large, and draws without a browser. The same drawing gives the same bytes: text is measured by a
 * table and not by the machine's fonts, and nothing in a drawing is numbered.
 */
export async function openDraw(): Promise<Draw> {
  const { compile } = await import('vega-lite');
  const { None, View, logger, parse } = await import('vega');
  const quiet = logger(None);
  return async drawing => {
    const { spec } = compile(specOf(drawing), { logger: quiet });
    const view = new View(parse(spec), { renderer: 'none', logger: quiet });
    try {
      const svg = await view.toSVG();
      return trusted(svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).replace(ROLES, '<$1'));
    } finally {
      view.finalize();
    }
  };
}
