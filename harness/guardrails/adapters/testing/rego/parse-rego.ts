import type { RegoModule, RegoRule, RegoStatement, RegoTerm } from './rego-syntax.ts';
import { type RegoToken, regoTokens } from './rego-tokens.ts';

const TRUE: RegoTerm = { kind: 'constant', value: true };
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

/** Reads a module. Throws an error that names the line for whatever is outside the part that is known here. */
export function parseRego(text: string): RegoModule {
  return new Parser(regoTokens(text)).module();
}

class Parser {
  private readonly tokens: readonly RegoToken[];
  private at = 0;

  constructor(tokens: readonly RegoToken[]) {
    this.tokens = tokens;
  }

  module(): RegoModule {
    this.skipLines();
    this.expect('package');
    const name = this.dotted();
    const rules: RegoRule[] = [];
    for (this.skipLines(); this.peek().kind !== 'end'; this.skipLines()) {
      if (this.take('import')) {
        if (this.dotted() !== 'rego.v1') this.fail('an import of rego.v1 alone');
      } else rules.push(this.rule());
    }
    return { name, rules };
  }

  private rule(): RegoRule {
    const isDefault = this.take('default');
    const name = this.word();
    const args = this.take('(') ? this.list(')', () => this.word()) : null;
    const collects = this.take('contains');
    const value = collects || this.take(':=') ? this.term() : TRUE;
    const body = this.take('if') ? this.body() : [];
    return { name, args, collects, isDefault, value, body };
  }

  private body(): readonly RegoStatement[] {
    if (!this.take('{')) return [this.statement()];
    return this.statements();
  }

  private statements(): readonly RegoStatement[] {
    const found: RegoStatement[] = [];
    for (this.separators(); !this.take('}'); this.separators()) found.push(this.statement());
    return found;
  }

  private statement(): RegoStatement {
    if (this.take('some')) {
      const name = this.word();
      this.expect('in');
      return { kind: 'some', name, of: this.sum() };
    }
    if (this.take('not')) return { kind: 'expression', term: this.term(), negated: true };
    if (this.peek().kind === 'word' && this.peek(1).text === ':=') {
      const name = this.word();
      this.expect(':=');
      return { kind: 'assignment', name, term: this.term() };
    }
    return { kind: 'expression', term: this.term(), negated: false };
  }

  private term(): RegoTerm {
    const left = this.sum();
    const sign = [...COMPARISONS, 'in'].find(text => this.take(text));
    return sign === undefined ? left : { kind: 'operation', sign, left, right: this.sum() };
  }

  private sum(): RegoTerm {
    const { kind, text } = this.next();
    if (kind === 'string') {
      return { kind: 'constant', value: text.startsWith('`') ? text.slice(1, -1) : JSON.parse(text) };
    }
    if (kind === 'number') return { kind: 'constant', value: Number(text) };
    if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
    if (text === 'null') return { kind: 'constant', value: null };
    if (kind === 'word') return this.named(text);
    if (text === '[') return { kind: 'array', items: this.list(']', () => this.term()) };
    if (text === '{') return this.braces();
    return this.fail('a term');
  }

  private named(head: string): RegoTerm {
    if (this.take('(')) return { kind: 'call', name: head, args: this.list(')', () => this.term()) };
    const path: RegoTerm[] = [];
    for (;;) {
      if (this.take('.')) path.push({ kind: 'constant', value: this.word() });
      else if (this.take('[')) {
        path.push(this.term());
        this.expect(']');
      } else return { kind: 'reference', head, path };
    }
  }

  /** A set, an object or the comprehension of a set; `{}` is an object. */
  private braces(): RegoTerm {
    this.skipLines();
    if (this.take('}')) return { kind: 'object', pairs: [] };
    const first = this.term();
    if (this.take('|')) return { kind: 'comprehension', head: first, body: this.statements() };
    if (!this.take(':')) return { kind: 'set', items: this.listFrom(first, '}', () => this.term()) };
    const pair = (): readonly [RegoTerm, RegoTerm] => {
      const key = this.term();
      this.expect(':');
      return [key, this.term()];
    };
    return { kind: 'object', pairs: this.listFrom([first, this.term()] as const, '}', pair) };
  }

  private list<T>(close: string, item: () => T): readonly T[] {
    this.skipLines();
    return this.take(close) ? [] : this.listFrom(item(), close, item);
  }

  private listFrom<T>(first: T, close: string, item: () => T): readonly T[] {
    const items = [first];
    for (this.skipLines(); !this.take(close); this.skipLines()) {
      this.expect(',');
      this.skipLines();
      if (this.take(close)) break;
      items.push(item());
    }
    return items;
  }

  private dotted(): string {
    const words = [this.word()];
    while (this.take('.')) words.push(this.word());
    return words.join('.');
  }

  private word(): string {
    const token = this.next();
    return token.kind === 'word' ? token.text : this.fail('a name');
  }

  private separators(): void {
    while (this.peek().kind === 'newline' || this.peek().text === ';') this.at++;
  }

  private skipLines(): void {
    while (this.peek().kind === 'newline') this.at++;
  }

  private peek(ahead = 0): RegoToken {
    return this.tokens[this.at + ahead] ?? { kind: 'end', text: '', line: 0 };
  }

  private next(): RegoToken {
    const token = this.peek();
    this.at++;
    return token;
  }

  private take(text: string): boolean {
    const { kind, text: found } = this.peek();
    if (found !== text || kind === 'string' || kind === 'end') return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail(text);
  }

  private fail(expected: string): never {
    const { line, text } = this.peek();
    throw new Error(`line ${line}: expected ${expected} before ${text === '' ? 'the end' : text}`);
  }
}
