/** What can be typed at the table besides a choice. */
export type RoomCommand =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'skip'; readonly inject: string }
  | { readonly kind: 'simulate'; readonly all: boolean }
  | { readonly kind: 'pause' | 'continue' | 'injects' | 'harm' | 'help' | 'nothing' };

const WORDS = ['pause', 'continue', 'injects', 'harm', 'help'] as const;

/** Reads one typed line; null when it is no command, and may be a choice. */
export function readRoomCommand(line: string): RoomCommand | null {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const [word = '', ...rest] = text.split(/\s+/);
  const after = rest.join(' ');
  if (word === 'note' && after !== '') return { kind: 'note', text: after };
  if (word === 'skip' && rest.length === 1) return { kind: 'skip', inject: after };
  if (word === 'simulate' && (after === '' || after === 'all'))
    return { kind: 'simulate', all: after === 'all' };
  const plain = WORDS.find(known => known === text);
  return plain === undefined ? null : { kind: plain };
}

export const ROOM_HELP = [
  'A number chooses. Besides, the facilitator may type:',
  '  note <text>     keeps a note with its time',
  '  simulate        lets the simulated person decide this; "simulate all": everything to the end of the arm',
  '  injects         shows the injects that are still to come; skip <id> leaves one out',
  '  harm            shows what the oracle has counted so far',
  '  pause, continue holds the run and the time for a decision; goes on',
].join('\n');
