export interface HistoryOptions { readonly gameDay?: string; readonly limit?: number; readonly json?: true; readonly html?: string; readonly width?: number }
export async function historyCommand(_f: string, _o: HistoryOptions, _c: unknown): Promise<void> {}
