import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../testing/command-line.ts';
import { fileIn, temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const old = ['/usr/bin/node', '/usr/local/bin/node'].find(path => {
  const major = Number(
    /^v(\d+)\./.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1],
  );
  return major >= 14 && major < 24;
});

test.skipIf(old === undefined)(
  `an older Node.js is told in one sentence how to get the right one${old === undefined ? ' (skipped: no Node.js from 14 to 23 on this machine)' : ''}`,
  () => {
    const bin = stripTypeScriptTypes(readFileSync(join(PROJECT, 'harness/cli/bin.ts'), 'utf8'));
    const path = fileIn(folder, 'bin.mjs', bin);
    const { status, stdout, stderr } = spawnSync(old ?? '', [path, 'list'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr).toMatch(
      /^brakecheck needs Node\.js 24 and was started with \d+\.\d+\.\d+; start it through npm .*\n$/,
    );
  },
);
