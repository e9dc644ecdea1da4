import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../testing/hostile-texts.ts';
import { codeSpan, escapeJsonText, escapeXml, safeText } from './safe-text.ts';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u009b2Jcleared', 'cleared'],
  ['a\nb\tc\r\nd', 'a b c d'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  ['o\u0301\u0301\u0301\u0301\u0301\u0301', 'ó\u0301\u0301'],
  ['lone \ud800 half', 'lone \ufffd half'],
  ['plain words', 'plain words'],
])('%j reads %j', (text, safe) => {
  expect(safeText(text).normalize('NFC')).toBe(safe.normalize('NFC'));
});

test('whatever comes in, one line of bounded length without hidden characters comes out', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...HOSTILE_TEXTS));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 50 }), (hostile, length) => {
      const safe = safeText(hostile, length);
      expect(safe).not.toMatch(HIDDEN);
      expect([...safe].length).toBeLessThanOrEqual(length);
      expect(safeText(safe, length)).toBe(safe);
    }),
  );
});

test('a code span cannot be closed from within', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '<', '|') }), text => {
      const span = codeSpan(text);
      const fence = /^`+/.exec(span)?.[0] ?? '';
      const inner = span.slice(fence.length, -fence.length);
      expect(inner.match(/`+/g) ?? []).not.toContain(fence);
    }),
  );
});

test('XML text and attributes keep no markup', () => {
  expect(escapeXml(`<a b="c">&'`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&apos;');
});

test('escaping JSON text changes how it looks and never what it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const json = escapeJsonText(JSON.stringify({ text }, null, 2));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json.replaceAll('\n', '')).not.toMatch(HIDDEN);
    }),
  );
});
