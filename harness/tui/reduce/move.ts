import { clamp } from '../geometry.ts';
import type { Key } from '../ui-event.ts';

/** Where a cursor among `count` goes: by arrows or their letters, by pages, to either end. Null: the key is no movement. */
export function moved(
  key: Key,
  cursor: number,
  { count, page }: { count: number; page: number },
): number | null {
  const last = Math.max(0, count - 1);
  switch (key) {
    case 'down':
    case 'j':
      return clamp(cursor + 1, 0, last);
    case 'up':
    case 'k':
      return clamp(cursor - 1, 0, last);
    case 'home':
    case 'g':
      return 0;
    case 'end':
    case 'G':
      return last;
    default: {
      const pages = pagesOf(key);
      return pages === 0 ? null : clamp(cursor + Math.round(pages * Math.max(1, page)), 0, last);
    }
  }
}

/** How many screens a key scrolls by; 0: it does not scroll. */
export function pagesOf(key: Key): number {
  switch (key) {
    case 'pageDown':
    case ' ':
    case 'ctrl-f':
      return 0.9;
    case 'pageUp':
    case 'ctrl-b':
      return -0.9;
    case 'ctrl-d':
      return 0.5;
    case 'ctrl-u':
      return -0.5;
    default:
      return 0;
  }
}
