import { z } from 'zod';

/** Who sees a line: facilitators alone, everybody, or facilitators and these seats. */
const audience = z.union([z.literal('facilitators'), z.literal('everybody'), z.array(z.string()).readonly()]);

const roomLine = z.object({
  /** Time on the wall, ISO 8601 in UTC. */
  at: z.string(),
  /** World time; null outside an arm. */
  worldMs: z.number().nullable(),
  to: audience,
  kind: z.enum(['begin', 'news', 'behind', 'harm', 'inject', 'question', 'choice', 'note', 'end', 'close']),
  text: z.string(),
});

/** One thing that was shown or said at the table. */
export type RoomLine = z.infer<typeof roomLine>;

/** Null for what is no line of ours. */
export function parseRoomLine(text: string): RoomLine | null {
  if (text === '') return null;
  try {
    return roomLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
