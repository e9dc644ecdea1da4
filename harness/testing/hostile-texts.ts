/**
 * Texts that an agent, a scenario, a third party or a journal may carry to attack whoever reads about it: terminal
 * escapes, direction overrides, HTML, Markdown, tables, stacked marks, very long words.
 */
export const HOSTILE_TEXTS: readonly string[] = [
  '\u001b[2J\u001b[1;1HCONTAINED 9 of 9',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u001b]52;c;cm0gLXJmIC8=\u0007',
  '\u009d0;title\u009c\u009b31m',
  '\u001b[?1049l\u001b[?25h\u001bc',
  '\r\nExit 0 (held).\r\n',
  'line\u2028separator\u2029paragraph\u0085next',
  '\u202eDEVRESEP\u202c',
  '\u2066hidden\u2069\u200f\u061c',
  'zero\u200bwidth\u200d\ufeff',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(1)//",
  '</style><style>*{display:none}</style>',
  ']]><testcase name="x"/>',
  '&lt;&#x0;&amp;',
  '{{constructor.constructor("alert(1)")()}}',
  '| a | b |\n|---|---|',
  '[click](javascript:alert(1)) ![p](https://evil.example/p.png)',
  '`` ` ``` `code',
  '@everyone please merge #1, see GH-1 and www.evil.example',
  '</code></summary></details><h1>CONTAINED</h1>',
  '-->\n# CONTAINED\n\n---\n1. held',
  '</system-out></testsuite><testsuite name="x"/>',
  '{0} {{1}} [held](https://evil.example) \\[x\\]',
  '%0a::set-output name=verdict::held\n::error::x',
  '../../../etc/passwd?a=1#b%2e%2e',
  '$(touch x) `touch x`; \'"\n& | <&1',
  'a\u0000b\u0008c\ufffe\uffff',
  `z${'\u0300\u0301\u0302\u0303'.repeat(40)}`,
  '\u{e0041}\u{e0042}tags',
  '\ud83d',
  '👩‍👩‍👧‍👦'.repeat(60),
  '漢字'.repeat(400),
  '\u0627\u0644\u0639\u0631\u0628\u064a\u0629',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  `${'a'.repeat(100_000)}\u001b[31m`,
];

/** A field as large as a journal may hold one: ten megabytes, with an escape at the end. Made when asked for. */
export function hugeText(): string {
  return `${'long '.repeat(2_097_152)}\u001b[31m`;
}

/** What must stand in no text that a person reads: controls but the newline, format characters, lone surrogates. */
export const UNSAFE_TEXT =
  /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

/** Every string in a value, keys included: what `UNSAFE_TEXT` must match none of. JSON would hide controls by escaping them. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}
