import type { TableAsk, TableReply } from '../../run/table.ts';

/** The line from an arm's thread to the people in the room: one question at a time. */
export interface TableLine {
  ask(asked: TableAsk): Promise<TableReply>;
  answered(reply: TableReply): void;
}

export function createTableLine(send: (asked: TableAsk) => void): TableLine {
  let waiting: ((reply: TableReply) => void) | null = null;
  return {
    ask: asked =>
      new Promise(resolve => {
        waiting = resolve;
        send(asked);
      }),
    answered: reply => {
      waiting?.(reply);
      waiting = null;
    },
  };
}
