import { HarnessError } from '../../../kernel/errors.ts';

/** A block of IPv4 addresses. */
interface Block {
  readonly first: number;
  readonly last: number;
}

/** Where our networks are cut from. The engine's own default pools hold about thirty networks, and runs may need more. */
export interface SubnetRange {
  /** `10.213.0.0/16`. */
  readonly range: string;
  /** Length of the prefix of each network: 25 leaves 125 containers. */
  readonly prefix: number;
}

export const DEFAULT_SUBNETS: SubnetRange = { range: '10.213.0.0/16', prefix: 25 };

/** The range that somebody asked for, as in `BRAKECHECK_SUBNETS=172.29.0.0/16`; the usual one when nobody did. */
export function subnetRange(asked: string | undefined): SubnetRange {
  return asked === undefined || asked === '' ? DEFAULT_SUBNETS : { ...DEFAULT_SUBNETS, range: asked };
}

/**
 * The subnets of the range that overlap none of the taken ones, beginning at the `from`-th, so that two runs that look
 * at the same moment seldom choose alike. IPv6 among the taken ones is passed over.
 */
export function freeSubnets(taken: readonly string[], { range, prefix }: SubnetRange, from = 0): string[] {
  const whole = blockOf(range);
  const size = 2 ** (32 - prefix);
  if (whole === null || prefix < 8 || prefix > 29 || whole.last - whole.first + 1 < size) {
    throw new HarnessError('usage', {
      message: `could not use ${range} for networks of length /${prefix}: it holds none of that size`,
      hint: 'Give a range such as 10.213.0.0/16.',
    });
  }
  const others = taken.map(blockOf).filter(block => block !== null);
  const count = Math.floor((whole.last - whole.first + 1) / size);
  return Array.from({ length: count }, (_, index) => whole.first + ((index + from) % count) * size)
    .filter(first => !others.some(other => first <= other.last && first + size - 1 >= other.first))
    .map(first => `${addressOf(first)}/${prefix}`);
}

function blockOf(text: string): Block | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}
