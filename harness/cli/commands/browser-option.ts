import { Option } from 'commander';

/** `--browser`, for verbs that run live stacks. `otherwise`: what holds when it is left out, where that is no default. */
export function browserOption(otherwise = ''): Option {
  return new Option(
    '--browser <mode>',
    `shoppers with a browser on live stacks: off, auto (if there is one), require${otherwise}`,
  ).choices(['off', 'auto', 'require']);
}
