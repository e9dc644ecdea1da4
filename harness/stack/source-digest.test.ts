import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceDigest } from './source-digest.ts';

test('a change in a module that a build imports changes the digest, a move of the folder does not', async () => {
  const first = await folderWith(
    "import { rate } from './rate.ts';\nexport const service = rate;\n",
    'export const rate = 1;\n',
  );
  const moved = await folderWith(
    "import { rate } from './rate.ts';\nexport const service = rate;\n",
    'export const rate = 1;\n',
  );
  const changed = await folderWith(
    "import { rate } from './rate.ts';\nexport const service = rate;\n",
    'export const rate = 2;\n',
  );
  expect(await sourceDigest(moved)).toBe(await sourceDigest(first));
  expect(await sourceDigest(changed)).not.toBe(await sourceDigest(first));
});

async function folderWith(service: string, rate: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'brakecheck-'));
  await writeFile(join(folder, 'service.ts'), service);
  await writeFile(join(folder, 'rate.ts'), rate);
  return join(folder, 'service.ts');
}
