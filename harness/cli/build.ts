/** Builds `dist/`: removes what an earlier build left there, then compiles. Run by `npm ci` (prepare) and `npm run build`. */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const compiled = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (compiled.status === 0) chmodSync('dist/harness/cli/bin.js', 0o755);
process.exitCode = compiled.status ?? 1;
