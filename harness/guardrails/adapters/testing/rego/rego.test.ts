import { expect, test } from 'vitest';
import { evaluateRego } from './evaluate-rego.ts';
import { parseRego } from './parse-rego.ts';

function ask(rules: string, rule: string, input: unknown = {}): unknown {
  return evaluateRego(parseRego(`package p\nimport rego.v1\n${rules}`), rule, input);
}

test('a rule without a value for the input is undefined, one with a default is not', () => {
  expect(ask('allow if input.level > 2', 'allow', { level: 3 })).toBe(true);
  expect(ask('allow if input.level > 2', 'allow', { level: 1 })).toBeUndefined();
  expect(ask('allow if input.level > 2', 'allow')).toBeUndefined();
  expect(ask('default allow := false\nallow if input.level > 2', 'allow')).toBe(false);
});

test('not holds for what is false and for what is undefined', () => {
  for (const input of [{}, { a: false }]) expect(ask('x if not input.a', 'x', input)).toBe(true);
  expect(ask('x if not input.a', 'x', { a: 1 })).toBeUndefined();
});

test('sets collect, comprehensions and some try every member, and functions are called', () => {
  const rules = `
deny contains msg if {
	some item in input.items
	not item.fine
	msg := concat(" ", ["bad:", item.name])
}
names := {upper.name | some upper in input.items; startswith(upper.name, "a")}
twice(x) := [x, x] if x in {"a", "b"}
shape := {"pair": twice("a"), "none": count(names)}
`;
  const input = { items: [{ name: 'b' }, { name: 'ab', fine: true }, { name: 'a' }] };
  expect(ask(rules, 'deny', input)).toEqual(['bad: a', 'bad: b']);
  expect(ask(rules, 'names', input)).toEqual(['a', 'ab']);
  expect(ask(rules, 'shape', input)).toEqual({ pair: ['a', 'a'], none: 2 });
});

test('two values of one rule are a conflict, and what is not known here is refused', () => {
  expect(() => ask('x := 1\nx := 2', 'x')).toThrow('more than one value');
  expect(() => ask('x if every y in [1] { y > 0 }', 'x')).toThrow(/line 3/);
  expect(() => ask('x if regex_match("a", "b")', 'x')).toThrow('no function regex_match');
});
