import type { OpenJournal } from '../journal/open-journal.ts';
import { safeText } from '../report/safe-text.ts';
import { formatMoment, plural } from '../report/words.ts';
import { adviceOf } from './advice.ts';
import type { ArmState } from './arm-state.ts';

/** What a reader must know of the run's own files before trusting the rest; sentences. */
export function noticesOf(files: {
  readonly manifest: string | null;
  readonly cardNotice: string | null;
  readonly advice: string | null;
}): string[] {
  return [
    ...(files.manifest === null
      ? ['There is no manifest.json: who started this run, and when, is not known.']
      : []),
    ...(files.cardNotice === null ? [] : [files.cardNotice]),
    ...(files.advice === null || isAdvice(files.advice)
      ? []
      : ['advice.json is none that this version reads, and is left out.']),
  ];
}

/** A journal that was cut is shown as far as it goes, and says so. */
export function journalNotices(
  file: string,
  { journal, state }: { readonly journal: OpenJournal; readonly state: ArmState },
): string[] {
  const name = safeText(file, 120);
  const notices: string[] = [];
  if (journal.header === null)
    notices.push(
      `${name} was cut within its first line (${plural(journal.bytesCutOff, 'byte')}): nothing of it can be shown.`,
    );
  else if (journal.unindexedBytes === 0 && !journal.isComplete) {
    const rest =
      journal.bytesCutOff === 0
        ? ''
        : `; ${plural(journal.bytesCutOff, 'byte')} of a broken line are left out`;
    notices.push(
      `${name} is cut, or goes on still: it has no last line. Shown is what it holds, up to ${formatMoment(journal.endMs)}${rest}.`,
    );
  }
  if (state.unreadable > 0)
    notices.push(`${name}: ${plural(state.unreadable, 'line')} could not be understood and were left out.`);
  return notices;
}

function isAdvice(text: string): boolean {
  try {
    return adviceOf(JSON.parse(text)) !== null;
  } catch {
    return false;
  }
}
