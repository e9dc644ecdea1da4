/** Builds `dist/`: removes what an earlier build left there, compiles, and bundles. Run by `npm ci` (prepare) and `npm run build`. */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

/** Ink's own developers look into it with tools that are not installed here. */
const withoutDevelopersTools: Plugin = {
  name: 'without-developers-tools',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }));
  },
};

rmSync('dist', { recursive: true, force: true });
const compiled = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (compiled.status === 0) {
  chmodSync('dist/harness/cli/bin.js', 0o755);
  await bundleInk();
}
process.exitCode = compiled.status ?? 1;

/** One file in place of the hundreds that ink and React are: they would be looked up one by one before the first screen. */
async function bundleInk(): Promise<void> {
  const file = 'dist/harness/tui/ink.js';
  await build({
    ...{ entryPoints: [file], outfile: file, allowOverwrite: true, logLevel: 'warning' },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node24' },
    // Without `fetch`, the layout engine decodes its own bytes, and Node's HTTP client stays unloaded.
    define: { 'process.env.NODE_ENV': '"production"', fetch: 'undefined' },
    plugins: [withoutDevelopersTools],
    // CommonJS parts of React ask for `require`, which a module has to make for itself.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  });
}
