import { type Document, isAlias, isCollection, isMap, isPair, isScalar, type Node } from 'yaml';
import { LIMITS } from './limits.ts';
import { printable } from './printable.ts';
import type { FilePath, Finding, Problem, ProblemCode } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** A value of a file with its place. Lists have their indices as keys. */
interface SourceNode {
  readonly value: unknown;
  readonly offset: number;
  readonly children: ReadonlyMap<string, SourceEntry>;
}

interface SourceEntry {
  readonly keyOffset: number;
  readonly node: SourceNode;
}

/** The values of a file, and where each of them stands. */
export interface SourceTree {
  readonly value: unknown;
  /** True when the file says something at this path, even if only `key:`. */
  has(path: FilePath): boolean;
  /** What the file says at this path; undefined when nothing. */
  at(path: FilePath): unknown;
  /** A problem with the value there, or with its nearest parent that the file has. */
  atValue(path: FilePath, finding: Finding): Problem;
  /** The same, at the key. */
  atKey(path: FilePath, finding: Finding): Problem;
}

/** A tree with what is wrong with it. `isWhole` is false when its values were cut short, so that they mean nothing. */
export interface BuiltTree {
  readonly tree: SourceTree;
  readonly problems: readonly Problem[];
  readonly isWhole: boolean;
}

/** Turns the document into plain values. Aliases are followed within bounds; repeated and odd keys are problems. */
export function createSourceTree(source: SourceText, document: Document): BuiltTree {
  const builder = new TreeBuilder(source);
  const root = builder.build(document.contents, [], 0);
  const { problems } = builder;
  // A key written twice leaves the rest as readable as before, so its other problems are told as well.
  const isWhole = problems.every(problem => problem.code === 'duplicate-key');
  return { tree: treeOf(source, root), problems, isWhole };
}

function treeOf(source: SourceText, root: SourceNode): SourceTree {
  const nearest = (path: FilePath) => {
    let found: SourceEntry = { keyOffset: root.offset, node: root };
    for (const part of path) {
      const next = found.node.children.get(String(part));
      if (next === undefined) return { entry: found, isExact: false };
      found = next;
    }
    return { entry: found, isExact: true };
  };
  return {
    value: root.value,
    has: path => nearest(path).isExact,
    at: path => {
      const { entry, isExact } = nearest(path);
      return isExact ? entry.node.value : undefined;
    },
    atValue: (path, finding) => {
      const { entry, isExact } = nearest(path);
      // `key:` without a value has no place of its own.
      const isPlaceless = isExact && entry.node.value === null;
      return source.problemAt(isPlaceless ? entry.keyOffset : entry.node.offset, path, finding);
    },
    atKey: (path, finding) => source.problemAt(nearest(path).entry.keyOffset, path, finding),
  };
}

const NO_CHILDREN: ReadonlyMap<string, SourceEntry> = new Map();

class TreeBuilder {
  readonly problems: Problem[] = [];
  private readonly source: SourceText;
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private nodes = 0;
  private aliases = 0;

  constructor(source: SourceText) {
    this.source = source;
  }

  build(node: unknown, path: FilePath, fallbackOffset: number): SourceNode {
    const offset = offsetOf(node) ?? fallbackOffset;
    const nothing: SourceNode = { value: null, offset, children: NO_CHILDREN };
    this.nodes += 1;
    if (this.nodes > LIMITS.nodes || path.length > LIMITS.depth) {
      if (this.nodes === LIMITS.nodes + 1 || path.length > LIMITS.depth) this.tell(offset, path, TOO_MANY);
      this.nodes = Math.max(this.nodes, LIMITS.nodes + 1);
      return nothing;
    }
    if (isAlias(node)) return this.follow(node.source, path, offset);
    if (isScalar(node)) {
      if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
      return { value: this.scalar(node.value, path, offset), offset, children: NO_CHILDREN };
    }
    if (!isCollection(node)) return nothing;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    this.open.add(node);
    const built = isMap(node) ? this.map(node.items, path, offset) : this.list(node.items, path, offset);
    this.open.delete(node);
    return built;
  }

  private follow(anchor: string, path: FilePath, offset: number): SourceNode {
    const nothing: SourceNode = { value: null, offset, children: NO_CHILDREN };
    const target = this.anchors.get(anchor);
    const name = `*${printable(anchor, 40)}`;
    this.aliases += 1;
    if (this.aliases === LIMITS.aliases + 1) {
      this.tell(offset, path, {
        code: 'too-many-values',
        task: `follow the alias ${name}`,
        found: `more than ${LIMITS.aliases} aliases, repeated ones counted again`,
        expected: `at most ${LIMITS.aliases}`,
      });
    }
    if (this.aliases > LIMITS.aliases) return nothing;
    if (target === undefined) {
      this.tell(offset, path, badAlias(name, 'no anchor of that name stands above it'));
      return nothing;
    }
    if (this.open.has(target)) {
      this.tell(offset, path, badAlias(name, 'it stands inside its own anchor'));
      return nothing;
    }
    return { ...this.build(target, path, offset), offset };
  }

  private scalar(value: unknown, path: FilePath, offset: number): unknown {
    const isPlain = value === null || ['string', 'boolean', 'number'].includes(typeof value);
    if (isPlain && (typeof value !== 'number' || Number.isFinite(value))) return value;
    this.tell(offset, path, {
      code: 'wrong-value',
      task: 'read the value',
      found: printable(String(value), 40),
      expected: 'text, a finite number, true or false',
    });
    return null;
  }

  private list(items: readonly unknown[], path: FilePath, offset: number): SourceNode {
    const children = new Map<string, SourceEntry>();
    const value: unknown[] = [];
    for (const [index, item] of items.entries()) {
      // `- a: 1, b` inside brackets makes a pair without a mapping around it.
      const inner = isPair(item) ? this.map([item], [...path, index], offset) : null;
      const node = inner ?? this.build(item, [...path, index], offset);
      children.set(String(index), { keyOffset: node.offset, node });
      value.push(node.value);
    }
    return { value, offset, children };
  }

  private map(items: readonly unknown[], path: FilePath, offset: number): SourceNode {
    const children = new Map<string, SourceEntry>();
    const value: Record<string, unknown> = {};
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const keyOffset = offsetOf(pair.key) ?? offset;
      const key = isScalar(pair.key) ? keyText(pair.key.value, pair.key.source) : null;
      const first = key === null ? undefined : children.get(key);
      if (key === null || key === '__proto__') this.tell(keyOffset, path, ODD_KEY);
      else if (first !== undefined) this.tell(keyOffset, [...path, key], this.repeated(key, first));
      else {
        const node = this.build(pair.value, [...path, key], keyOffset);
        children.set(key, { keyOffset, node });
        value[key] = node.value;
      }
    }
    return { value, offset, children };
  }

  private repeated(key: string, first: SourceEntry): Finding {
    const { line } = this.source.problemAt(first.keyOffset, [], { code: 'duplicate-key', task: '' });
    return {
      code: 'duplicate-key',
      task: `use the key "${printable(key, 40)}" a second time`,
      found: `it on line ${line} already`,
      hint: 'keep one of the two',
    };
  }

  private tell(offset: number, path: FilePath, finding: Finding): void {
    if (this.problems.length < LIMITS.problems)
      this.problems.push(this.source.problemAt(offset, path, finding));
  }
}

function offsetOf(node: unknown): number | null {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? null;
}

function keyText(value: unknown, source: string | undefined): string | null {
  if (typeof value === 'string') return value;
  return value === null && source === '' ? null : (source ?? String(value));
}

function badAlias(name: string, hint: string): Finding {
  return { code: 'bad-alias' satisfies ProblemCode, task: `follow the alias ${name}`, hint };
}

const TOO_MANY: Finding = {
  code: 'too-many-values',
  task: 'read the file',
  found: `more than ${LIMITS.nodes} values or ${LIMITS.depth} levels, those that aliases repeat included`,
  expected: 'fewer',
};

const ODD_KEY: Finding = {
  code: 'syntax',
  task: 'read the key',
  expected: 'a plain word as key, other than __proto__',
};
