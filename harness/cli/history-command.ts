import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildHistory } from '../gameday/history/build-history.ts';
import { printHistory } from '../gameday/history/print-history.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { escapeJsonText } from '../report/safe-text.ts';
import type { CommandContext } from './command.ts';
import { readHistory } from './history-files.ts';
import { paintFor } from './print-result.ts';

/** Options of `brakecheck history`, as commander hands them over. */
export interface HistoryOptions {
  readonly gameDay?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly html?: string;
  readonly width?: number;
}

const DEFAULT_LIMIT = 30;
const DEFAULT_WIDTH = 80;

/** `brakecheck history`: trend over the game days and runs in a folder. It judges nothing, and ends with 0 whatever it finds. */
export async function historyCommand(
  folder: string,
  { gameDay, limit = DEFAULT_LIMIT, json = false, html, width = DEFAULT_WIDTH }: HistoryOptions,
  { output, cwd }: Pick<CommandContext, 'output' | 'cwd'>,
): Promise<void> {
  const history = buildHistory({ folder, ...readHistory(folder, cwd, { gameDay: gameDay ?? null, limit }) });
  if (html !== undefined) {
    const { renderHistoryHtml } = await import('../gameday/history/html/render-history-html.ts');
    writePage(resolve(cwd, html), await renderHistoryHtml(history));
    output.people(`page: ${html}\n`);
  }
  const text = printHistory(history, { width, paint: paintFor(output, json) });
  if (json) {
    output.machine(`${escapeJsonText(JSON.stringify(history, null, 2))}\n`);
    output.people(text);
  } else {
    output.machine(text);
  }
}

function writePage(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not write ${path}: ${messageOf(error)}`,
      hint: 'Name a file in a folder that exists and can be written with --html.',
      cause: error,
    });
  }
}
