/** A word, number, string, sign or line end of a Rego file. */
export interface RegoToken {
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /(?<newline>\n)|(?<space>[ \t\r]+|#[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<sign>:=|==|!=|<=|>=|[-+*/<>=.,:;|(){}[\]])/y;

/** Splits Rego text. Throws an error that names the line for what is no token. */
export function regoTokens(text: string): readonly RegoToken[] {
  const tokens: RegoToken[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new Error(`line ${line}: cannot read ${text.slice(at, at + 20)}`);
    for (const kind of ['word', 'number', 'string', 'sign', 'newline'] as const) {
      const found = groups[kind];
      if (found !== undefined) tokens.push({ kind, text: found, line });
    }
    if (groups.newline !== undefined) line++;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}
