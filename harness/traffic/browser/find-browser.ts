import { delimiter, isAbsolute, join } from 'node:path';

export interface BrowserSearch {
  /** `BRAKECHECK_BROWSER` names an executable outright; `PATH` is searched. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True when the file is there and may be run. */
  readonly exists: (path: string) => boolean | Promise<boolean>;
  /** Where Playwright keeps its own Chromium; left out: what its package says. */
  readonly ownPath?: () => string | Promise<string>;
}

export type FoundBrowser =
  | {
      readonly kind: 'found';
      readonly path: string;
      /** `named`: by the environment. `playwright`: its own Chromium. `system`: the machine's. */
      readonly origin: 'named' | 'playwright' | 'system';
    }
  | { readonly kind: 'missing'; readonly reason: string };

/** As Debian, Ubuntu, Fedora and Google's own packages call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** macOS keeps applications beside the search path. */
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Finds a Chromium: the one named in the environment, else Playwright's own, else the system's. */
export async function findBrowser({ env, exists, ownPath }: BrowserSearch): Promise<FoundBrowser> {
  const named = env.BRAKECHECK_BROWSER ?? '';
  if (named !== '') {
    if (await exists(named)) return { kind: 'found', path: named, origin: 'named' };
    return { kind: 'missing', reason: `BRAKECHECK_BROWSER names ${named}, which is not there` };
  }
  const own = await (ownPath ?? playwrightPath)();
  if (own !== '' && (await exists(own))) return { kind: 'found', path: own, origin: 'playwright' };
  for (const path of systemPaths(env.PATH ?? '')) {
    if (await exists(path)) return { kind: 'found', path, origin: 'system' };
  }
  return {
    kind: 'missing',
    reason: `neither Playwright's own Chromium nor ${NAMES.join(', ')} was found`,
  };
}

/** Loaded when it is asked for: the package is large. */
async function playwrightPath(): Promise<string> {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

function systemPaths(searchPath: string): string[] {
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  return [...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...APPLICATIONS];
}
