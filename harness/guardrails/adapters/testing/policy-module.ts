/** What one entry point of the module returns, as the text of a result set; `traps`: it ends in a trap. */
export type EntryPoint =
  | { readonly returns: string }
  /** One text where the input holds the word, another where it does not. */
  | { readonly word: string; readonly found: string; readonly absent: string }
  | { readonly traps: true };

/**
 * Bytes of a WebAssembly module that speaks OPA's ABI 1.2 and reads its input, assembled by hand: `opa build` is not to be
 * had here, so no module that OPA itself compiled was tested.
 * @see https://www.openpolicyagent.org/docs/wasm#abi
 */
export function policyModule(entryPoints: Readonly<Record<string, EntryPoint>>): Uint8Array {
  const texts = new Texts();
  const names = Object.keys(entryPoints);
  const places = texts.put(JSON.stringify(Object.fromEntries(names.map((name, index) => [name, index]))));
  const builtins = texts.put('{}');
  const branches = Object.values(entryPoints).flatMap((entry, index) => branchOf(entry, index, texts));
  const bodies = [
    [0, ...constant(builtins)],
    [0, ...constant(places)],
    // opa_malloc: the heap pointer, moved on by the size and one more byte, which stays zero.
    [0, ...GLOBAL_GET, ...GLOBAL_GET, ...localGet(0), ADD, ...constant(1), ADD, ...GLOBAL_SET],
    // Values stay the JSON text that they came as, so that parsing and dumping change nothing.
    [0, ...localGet(0)],
    [0, ...localGet(0)],
    [0, ...GLOBAL_GET],
    [0, ...localGet(0), ...GLOBAL_SET],
    [1, 2, I32, ...branches, UNREACHABLE],
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(TYPES.map(([inputs, outputs]) => [FUNC, ...vector(inputs), ...vector(outputs)]))),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, 0x02]])),
    ...section(3, vector(FUNCTIONS.map(([, type]) => [type]))),
    ...section(
      6,
      vector([
        [I32, 1, ...constant(HEAP), END],
        [I32, 0, ...constant(1), END],
        [I32, 0, ...constant(2), END],
      ]),
    ),
    ...section(
      7,
      vector([
        ...exportedFunctions(),
        exported('opa_wasm_abi_version', 3, 1),
        exported('opa_wasm_abi_minor_version', 3, 2),
      ]),
    ),
    ...section(10, vector(bodies.map(body => sized([...body, END])))),
    ...section(11, vector([[0, ...constant(TEXTS), END, ...sized(texts.bytes)]])),
  ]);
}

const [I32, FUNC, END, ADD, EQ, NE, LT_U, GT_U] = [0x7f, 0x60, 0x0b, 0x6a, 0x46, 0x47, 0x49, 0x4b];
const [UNREACHABLE, BLOCK, LOOP, IF, BR, BR_IF, RETURN, NOTHING] = [
  0x00, 0x02, 0x03, 0x04, 0x0c, 0x0d, 0x0f, 0x40,
];
const LOAD_BYTE = [0x2d, 0, 0];
const GLOBAL_GET = [0x23, 0];
const GLOBAL_SET = [0x24, 0];
/** Where texts and the heap begin, in bytes; the memory has two pages. */
const TEXTS = 1_024;
const HEAP = 32_768;

const i32s = (count: number): number[][] => Array.from({ length: count }, () => [I32]);
const TYPES: readonly (readonly [number[][], number[][]])[] = [
  [[], i32s(1)],
  [i32s(1), i32s(1)],
  [i32s(2), i32s(1)],
  [i32s(1), []],
  [i32s(7), i32s(1)],
];
const FUNCTIONS = [
  ['builtins', 0],
  ['entrypoints', 0],
  ['opa_malloc', 1],
  ['opa_json_parse', 2],
  ['opa_json_dump', 1],
  ['opa_heap_ptr_get', 0],
  ['opa_heap_ptr_set', 3],
  ['opa_eval', 4],
] as const;

/** Texts in memory, each ended by a zero byte. */
class Texts {
  readonly bytes: number[] = [];

  put(content: string): number {
    const address = TEXTS + this.bytes.length;
    this.bytes.push(...new TextEncoder().encode(content), 0);
    return address;
  }
}

/** `if (entrypoint === index) …`; the parameters of opa_eval are 1: entry point, 3: input, 4: its length; 7 and 8 are counters. */
function branchOf(entry: EntryPoint, index: number, texts: Texts): number[] {
  const body =
    'traps' in entry
      ? [UNREACHABLE]
      : 'returns' in entry
        ? [...constant(texts.put(entry.returns)), RETURN]
        : searchFor(entry, texts);
  return [...localGet(1), ...constant(index), EQ, IF, NOTHING, ...body, END];
}

function searchFor({ word, found, absent }: Extract<EntryPoint, { word: string }>, texts: Texts): number[] {
  const [pattern, yes, no] = [texts.put(word), texts.put(found), texts.put(absent)];
  const length = new TextEncoder().encode(word).length;
  const sameByte = [
    ...localGet(3),
    ...localGet(7),
    ADD,
    ...localGet(8),
    ADD,
    ...LOAD_BYTE,
    ...constant(pattern),
    ...localGet(8),
    ADD,
    ...LOAD_BYTE,
  ];
  const compare = [
    ...[LOOP, NOTHING, ...sameByte, NE, BR_IF, 1],
    ...[...localGet(8), ...constant(1), ADD, 0x22, 8, ...constant(length), LT_U, BR_IF, 0],
    ...[...constant(yes), RETURN, END],
  ];
  const step = [
    ...[...localGet(7), ...constant(length), ADD, ...localGet(4), GT_U, BR_IF, 1],
    ...[...constant(0), 0x21, 8, BLOCK, NOTHING, ...compare, END],
    ...[...localGet(7), ...constant(1), ADD, 0x21, 7, BR, 0],
  ];
  return [BLOCK, NOTHING, LOOP, NOTHING, ...step, END, END, ...constant(no), RETURN];
}

function localGet(index: number): number[] {
  return [0x20, index];
}

function constant(value: number): number[] {
  return [0x41, ...signed(value)];
}

function exportedFunctions(): number[][] {
  return FUNCTIONS.map(([name], index) => exported(name, 0, index));
}

function exported(name: string, kind: number, index: number): number[] {
  return [...text(name), kind, index];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function text(content: string): number[] {
  return sized([...new TextEncoder().encode(content)]);
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128 of what is not negative. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
