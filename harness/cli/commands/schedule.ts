import { InvalidArgumentError, Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { ListenAddress, ScheduleOptions } from '../schedule-options.ts';

const LISTEN = '127.0.0.1:9464';

export const addSchedule: AddCommand = (program, context) => {
  program
    .command('schedule')
    .description('Stay up and run game days when they are due, each in a process of its own.')
    .argument('<file...>', 'ids (see `brakecheck list`) or paths of game days with a `schedule`')
    .option('--dry-run', 'list the next due times in their time zone and in UTC, and start nothing')
    .option('--count <number>', 'due times of each game day in that list', count, 10)
    .option('--from <time>', 'where that list begins, such as 2026-03-28T00:00Z (default: now)', time)
    .option('--json', 'with --dry-run: as JSON')
    .option('--reports <folder>', 'folder for the results of all game days', 'reports')
    .option('--state <folder>', 'where it keeps what is done (default: schedule/ in the folder of results)')
    .addOption(
      new Option('--listen <address>', 'where /healthz and /metrics (Prometheus) are served')
        .argParser(address)
        .default(address(LISTEN), LISTEN),
    )
    .option('--no-listen', 'serve neither')
    .option('--no-notify', 'tell nobody, whatever the files say under `notifications`')
    .addOption(
      new Option('--log <form>', 'what is written to standard error')
        .choices(['words', 'json'])
        .default('words'),
    )
    .addHelpText('after', HELP)
    .action(async (files: string[], options: ScheduleOptions) => {
      const { scheduleCommand } = await import('../schedule-command.ts');
      context.endAs(await scheduleCommand(files, options, context));
    });
};

const HELP = `
SIGTERM and Ctrl-C end it: runs are asked to end, resumable, and are gone on with when it is started again.
SIGHUP reads the files again; a file that changes is noticed within half a minute without it.
Two schedulers on one --state folder never run the same game day: the second one stands by.

Example:
  brakecheck schedule weekly --dry-run --count 5`;

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000) {
    throw new InvalidArgumentError('a whole number from 1 to 1000 is needed.');
  }
  return value;
}

function time(text: string): number {
  const valueMs = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(valueMs)) {
    throw new InvalidArgumentError('a time with its offset is needed, such as 2026-03-28T00:00Z.');
  }
  return valueMs;
}

function address(text: string): ListenAddress {
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError('an address and a port are needed, such as 127.0.0.1:9464.');
  }
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
}
