import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { brakecheck } from '../testing/command-line.ts';
import { serveRego } from './adapters/testing/rego/serve-rego.ts';

const PAGE = readFileSync(new URL('./first-ten-minutes.md', import.meta.url), 'utf8');

/** A section's files by name, its commands, and the texts that they are said to print. */
function section(title: string) {
  const text = PAGE.split(/^## /m).find(part => part.startsWith(title)) ?? '';
  const files = [...text.matchAll(/<!-- file: (\S+) -->\n\n```[\w-]+\n([\s\S]*?)```/g)].map(
    ([, name = '', content = '']) => [name, content] as const,
  );
  const commands = linesOf(/```sh\n([\s\S]*?)```/.exec(text)?.[1]);
  const prints = linesOf(/<!-- prints -->\n\n```text\n([\s\S]*?)```/.exec(text)?.[1]);
  return { files, commands, prints };
}

function linesOf(block = ''): readonly string[] {
  return block.split('\n').filter(line => line !== '');
}

/** OPA's own address stands in the page; the stand-in listens somewhere else. */
async function addressOfOpa(files: readonly (readonly [string, string])[]): Promise<string> {
  const rego = files.find(([name]) => name.endsWith('.rego'));
  if (rego === undefined) return '';
  const server = await serveRego(rego[1]);
  onTestFinished(() => server.close());
  return server.url;
}

test.each(['Cedar', 'Open Policy Agent', 'A hook'])(
  '%s: the files and commands of the page lead to what it says',
  async title => {
    const { files, commands, prints } = section(title);
    expect(files).toHaveLength(2);
    expect(commands.at(-1)).toMatch(/^npx brakecheck run /);
    expect(prints.length).toBeGreaterThan(1);
    const folder = await mkdtemp(join(tmpdir(), 'first-ten-minutes-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const opa = await addressOfOpa(files);
    for (const [name, content] of files) {
      await writeFile(join(folder, name), content.replace('http://127.0.0.1:8181', opa));
    }
    let printed = '';
    for (const command of commands) {
      const [npx, tool, ...args] = command.split(' ');
      expect([npx, tool]).toEqual(['npx', 'brakecheck']);
      const { code, stdout, stderr } = await brakecheck(args, { cwd: folder, limitMs: 300_000 });
      expect([0, 1], stderr).toContain(code);
      printed += stdout.replaceAll(/\s+/g, ' ');
    }
    for (const text of prints) expect(printed).toContain(text);
  },
  600_000,
);
