import type { OverviewView } from '../../review/overview.ts';
import { shellWord } from '../shell-word.ts';
import { command, paragraph } from './blocks.ts';
import { html, type Markup } from './markup.ts';

/** Options whose values belong to the first run alone. */
const OWN = /^--(out|summary|json|dry-run)(=|$)/;
const WITH_VALUE = /^--(out|summary)$/;

/** How to come by the same again, and what else the run's folder gives. */
export function againSection({
  run,
  adviseCommand,
}: {
  run: OverviewView['run'];
  adviseCommand: string | null;
}): Markup {
  const words = shared(run.command);
  const again = words[0] === 'run' ? ['brakecheck', ...words].map(shellWord).join(' ') : null;
  return html`<section aria-labelledby="again"><h2 id="again">How to run it again</h2>
${again === null ? null : html`${paragraph('The same run, which in the simulation gives the same journals byte for byte:')}${command('Command that runs it again', again)}`}${paragraph(
  'In the folder of this report:',
)}${command('Commands for this folder', commandsOf(adviseCommand))}${run.tool === '' ? null : paragraph(`Made by ${run.tool}.`, 'quiet')}</section>
`;
}

function commandsOf(adviseCommand: string | null): string {
  return [
    'brakecheck verify .                 # run it from its journals and compare',
    'brakecheck review .                 # look at it on a terminal',
    'brakecheck report . --format html   # render this page from the journals',
    ...(adviseCommand === null ? [] : [`${adviseCommand.padEnd(36)}# find changes that flip the verdict`]),
  ].join('\n');
}

function shared(words: readonly string[]): string[] {
  return words.filter((word, index) => !OWN.test(word) && !WITH_VALUE.test(words[index - 1] ?? ''));
}
