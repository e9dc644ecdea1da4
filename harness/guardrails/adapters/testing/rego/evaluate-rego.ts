import { stableJson } from '../../../../kernel/stable-json.ts';
import type { RegoModule, RegoRule, RegoStatement, RegoTerm } from './rego-syntax.ts';

/** A set keeps its members by their JSON, since members are equal by value. */
class RegoSet {
  readonly members: ReadonlyMap<string, unknown>;

  constructor(members: readonly unknown[]) {
    this.members = new Map(members.map(member => [stableJson([member]), member]));
  }
}

type Variables = ReadonlyMap<string, unknown>;

/** One query: the module, its input, and no more. Undefined is JavaScript's own. */
interface Query {
  readonly module: RegoModule;
  readonly input: unknown;
}

/** The document `data.<package>.<rule>` for an input, as JSON; undefined where the rule is undefined. */
export function evaluateRego(module: RegoModule, rule: string, input: unknown): unknown {
  return asJson(documentOf(rule, { module, input }));
}

function documentOf(name: string, query: Query): unknown {
  const rules = query.module.rules.filter(rule => rule.name === name);
  if (rules.length === 0) throw new Error(`there is no rule ${name}`);
  if (rules[0]?.collects === true)
    return new RegoSet(rules.flatMap(rule => valuesOf(rule, query, new Map())));
  const ordinary = rules.filter(rule => !rule.isDefault);
  const value = single(
    name,
    ordinary.flatMap(rule => valuesOf(rule, query, new Map())),
  );
  if (value !== undefined) return value;
  const fallback = rules.find(rule => rule.isDefault);
  return fallback === undefined ? undefined : termValue(fallback.value, query, new Map());
}

/** Every value that the rule has for some binding of its variables. */
function valuesOf(rule: RegoRule, query: Query, variables: Variables): readonly unknown[] {
  return solutions(rule.body, query, variables)
    .map(found => termValue(rule.value, query, found))
    .filter(value => value !== undefined);
}

function single(name: string, values: readonly unknown[]): unknown {
  const distinct = new RegoSet(values.map(asJson));
  if (distinct.members.size > 1) throw new Error(`${name} has more than one value`);
  return values[0];
}

/** The bindings under which every statement holds. */
function solutions(body: readonly RegoStatement[], query: Query, variables: Variables): readonly Variables[] {
  const [first, ...rest] = body;
  if (first === undefined) return [variables];
  return stepsOf(first, query, variables).flatMap(found => solutions(rest, query, found));
}

function stepsOf(statement: RegoStatement, query: Query, variables: Variables): readonly Variables[] {
  const value = termValue(statement.kind === 'some' ? statement.of : statement.term, query, variables);
  switch (statement.kind) {
    case 'expression': {
      const holds = value !== undefined && value !== false;
      return holds === statement.negated ? [] : [variables];
    }
    case 'assignment':
      return value === undefined ? [] : [new Map([...variables, [statement.name, value]])];
    case 'some':
      return membersOf(value).map(member => new Map([...variables, [statement.name, member]]));
  }
}

function termValue(term: RegoTerm, query: Query, variables: Variables): unknown {
  const each = (terms: readonly RegoTerm[]) => terms.map(inner => termValue(inner, query, variables));
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'reference':
      return each(term.path).reduce(stepInto, headOf(term.head, query, variables));
    case 'array':
      return whole(each(term.items), items => items);
    case 'set':
      return whole(each(term.items), items => new RegoSet(items));
    case 'object':
      return whole(each(term.pairs.flat()), parts =>
        Object.fromEntries(term.pairs.map((_, index) => [String(parts[2 * index]), parts[2 * index + 1]])),
      );
    case 'comprehension':
      return new RegoSet(
        solutions(term.body, query, variables)
          .map(found => termValue(term.head, query, found))
          .filter(value => value !== undefined),
      );
    case 'operation':
      return whole(each([term.left, term.right]), ([left, right]) => operate(term.sign, left, right));
    case 'call':
      return whole(each(term.args), args => call(term.name, args, query));
  }
}

/** An undefined part makes the whole undefined. */
function whole(parts: readonly unknown[], make: (parts: readonly unknown[]) => unknown): unknown {
  return parts.includes(undefined) ? undefined : make(parts);
}

function headOf(head: string, query: Query, variables: Variables): unknown {
  if (variables.has(head)) return variables.get(head);
  return head === 'input' ? query.input : documentOf(head, query);
}

function stepInto(value: unknown, key: unknown): unknown {
  if (value instanceof RegoSet) return value.members.get(stableJson([key]));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, String(key))) return undefined;
  return (value as Readonly<Record<string, unknown>>)[String(key)];
}

function membersOf(value: unknown): readonly unknown[] {
  if (value instanceof RegoSet) return [...value.members.values()];
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function operate(sign: string, left: unknown, right: unknown): unknown {
  const same = stableJson([asJson(left)]) === stableJson([asJson(right)]);
  if (sign === 'in') return new RegoSet(membersOf(right)).members.has(stableJson([left]));
  if (sign === '==') return same;
  if (sign === '!=') return !same;
  // Of the orders of Rego only that of numbers is used.
  if (typeof left !== 'number' || typeof right !== 'number') throw new Error(`${sign} compares numbers here`);
  if (sign === '<') return left < right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left >= right;
}

/** A built-in with an argument of the wrong type is undefined, as in OPA without strict errors. */
function call(name: string, args: readonly unknown[], query: Query): unknown {
  const [first, second] = args;
  if (name === 'count') return typeof first === 'string' ? [...first].length : membersOf(first).length;
  if (name === 'sort') return membersOf(first).toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
  if (name === 'lower') return typeof first === 'string' ? first.toLowerCase() : undefined;
  if (name === 'concat') return membersOf(second).join(String(first));
  if (name === 'contains' || name === 'startswith') {
    if (typeof first !== 'string' || typeof second !== 'string') return undefined;
    return name === 'contains' ? first.includes(second) : first.startsWith(second);
  }
  const rules = query.module.rules.filter(rule => rule.name === name && rule.args !== null);
  if (rules.length === 0) throw new Error(`there is no function ${name}`);
  const values = rules.flatMap(rule =>
    valuesOf(rule, query, new Map((rule.args ?? []).map((word, index) => [word, args[index]]))),
  );
  return single(name, values);
}

/** Sets become lists in the order of their JSON, as OPA writes them. */
function asJson(value: unknown): unknown {
  if (value instanceof RegoSet) {
    return [...value.members.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, member]) => asJson(member));
  }
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}
