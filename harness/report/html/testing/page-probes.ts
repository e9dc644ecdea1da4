/** Code that tests run inside a page, as text: the project's own code knows no document. */

/** Pixels by which the page is wider than its window. */
export const OVERFLOW = 'document.documentElement.scrollWidth - window.innerWidth';

export const TEXT_FILL = "getComputedStyle(document.querySelector('svg.chart text')).fill";
export const BODY_COLOUR = 'getComputedStyle(document.body).color';
/** How far what has the focus has been scrolled sideways, px. */
export const FOCUS_SCROLLED = 'document.activeElement.scrollLeft';

/**
 * Texts in drawings with less contrast than WCAG AA asks for, 4.5; axe judges no text of an SVG. Each is held against the
 * last shape drawn before it that lies under its middle, else against the page. Luminance as WCAG 2.2 defines it.
 */
export const FAINT_TEXTS = `(() => {
  const channels = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = colour => {
    const [r, g, b] = channels(colour).map(value =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isUnder = (shape, x, y) => {
    const box = shape.getBoundingClientRect();
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
  };
  const fillOf = shape => getComputedStyle(shape).fill;
  const isSolid = fill => fill.startsWith('rgb(');
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll('svg.chart')].flatMap(chart => {
    const shapes = [...chart.querySelectorAll('path, rect, text')];
    return shapes.flatMap((text, index) => {
      if (text.tagName !== 'text') return [];
      const { x, y, width, height } = text.getBoundingClientRect();
      const under = shapes
        .slice(0, index)
        .filter(shape => shape.tagName !== 'text' && isUnder(shape, x + width / 2, y + height / 2))
        .map(fillOf)
        .filter(isSolid)
        .at(-1);
      const [one, other] = [light(fillOf(text)), light(under ?? paper)];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return ratio >= 4.5 ? [] : [text.textContent + ': ' + ratio.toFixed(2)];
    });
  });
})()`;
