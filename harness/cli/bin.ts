#!/usr/bin/env node
// Plain enough for any Node: it looks at the version before anything newer is loaded.
const REQUIRED_MAJOR = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < REQUIRED_MAJOR) {
  process.stderr.write(
    `brakecheck needs Node.js ${REQUIRED_MAJOR} and was started with ${process.versions.node}; ` +
      'start it through npm (`npx brakecheck …` or `npm start`), which uses the Node.js that `npm ci` installed with the project.\n',
  );
  process.exitCode = 4;
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}

export {};
