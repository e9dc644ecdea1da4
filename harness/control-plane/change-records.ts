import type { ChangeRecordFact } from '../ports/action.ts';

/** The company's register of documented changes. */
export interface ChangeRecords {
  open(kind: ChangeRecordFact['kind'], describes: string, openedBy: string): ChangeRecordFact;
  find(id: string | null): ChangeRecordFact | null;
}

export function createChangeRecords(nowMs: () => number, newId: (prefix: string) => string): ChangeRecords {
  const records = new Map<string, ChangeRecordFact>();
  return {
    open: (kind, describes, openedBy) => {
      const record = { id: newId('change'), kind, describes, openedAtMs: nowMs(), openedBy };
      records.set(record.id, record);
      return record;
    },
    find: id => (id === null ? null : (records.get(id) ?? null)),
  };
}
