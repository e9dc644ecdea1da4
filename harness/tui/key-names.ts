import type { InkKey } from './ink.ts';
import type { UiEvent } from './ui-event.ts';

/** Letters that come at once are a paste, or a quick hand; more than so many are neither. */
const MOST_LETTERS = 256;

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pageDown'],
  ['pageUp', 'pageUp'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof InkKey, string])[];

/** What was typed, as events: a key by its name, each letter by itself, or text while words are typed. */
export function eventsOf(input: string, key: InkKey, isTyping: boolean): UiEvent[] {
  if (key.eventType === 'release') return [];
  if (key.tab) return [{ kind: 'key', key: key.shift ? 'shift-tab' : 'tab' }];
  const named = NAMED.find(([name]) => key[name]);
  if (named !== undefined) return [{ kind: 'key', key: named[1] }];
  if (key.ctrl) return [{ kind: 'key', key: `ctrl-${input}` }];
  if (key.meta || input === '') return [];
  return pieces(input, isTyping);
}

/** Control characters that stand among letters, when keys come faster than they are read. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\u0003': 'ctrl-c',
};

function pieces(input: string, isTyping: boolean): UiEvent[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it parts letters from control characters
  const parts = input.slice(0, MOST_LETTERS).match(/[^\u0000-\u001f\u007f]+|[\u0000-\u001f\u007f]/gu) ?? [];
  // Whether words are being typed can change half-way: a slash begins, Enter ends.
  let isText = isTyping;
  return parts.flatMap((part): UiEvent[] => {
    const control = CONTROLS[part];
    if (control !== undefined) {
      if (control === 'enter' || control === 'escape') isText = false;
      return [{ kind: 'key', key: control }];
    }
    if (isText) return [{ kind: 'text', text: part }];
    return [...part].map(letter => ({ kind: 'key', key: letter }));
  });
}
