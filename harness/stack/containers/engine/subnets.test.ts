import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeSubnets } from './subnets.ts';

test('subnets are cut from the range in order, passing over what is taken', () => {
  const free = freeSubnets(['10.213.0.0/25', '10.213.1.77/24', 'fd00::/64'], {
    range: '10.213.0.0/22',
    prefix: 25,
  });
  expect(free).toEqual([
    '10.213.0.128/25',
    '10.213.2.0/25',
    '10.213.2.128/25',
    '10.213.3.0/25',
    '10.213.3.128/25',
  ]);
});

test('a taken block around the whole range leaves nothing', () => {
  expect(freeSubnets(['10.0.0.0/8'], { range: '10.213.0.0/16', prefix: 25 })).toEqual([]);
});

test('whatever is taken, what is free overlaps none of it, and all that is free is found', () => {
  const block = fc.tuple(fc.nat(3), fc.nat(255), fc.integer({ min: 22, max: 32 }));
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), fc.nat(20), (blocks, from) => {
      const taken = blocks.map(([c, d, prefix]) => `10.213.${c}.${d}/${prefix}`);
      const free = freeSubnets(taken, { range: '10.213.0.0/22', prefix: 26 }, from);
      const used = new Set(taken.flatMap(addressesOf));
      const clean = Array.from({ length: 16 }, (_, index) => `10.213.${index >> 2}.${(index % 4) * 64}/26`);
      expect([...free].sort()).toEqual(
        clean.filter(subnet => addressesOf(subnet).every(address => !used.has(address))).sort(),
      );
    }),
  );
});

test('a range that holds no network of that size is refused', () => {
  expect(() => freeSubnets([], { range: '10.213.0.0/26', prefix: 25 })).toThrow('holds none of that size');
  expect(() => freeSubnets([], { range: 'home', prefix: 25 })).toThrow('could not use home');
});

/** Every address of a block within 10.213.0.0/22, as a number. */
function addressesOf(block: string): number[] {
  const [address = '', prefix = '32'] = block.split('/');
  const [, , c = 0, d = 0] = address.split('.').map(Number);
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor((c * 256 + d) / size) * size;
  return Array.from({ length: size }, (_, index) => first + index);
}
