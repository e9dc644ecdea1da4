import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { invariant } from '../../kernel/invariant.ts';
import type { Build } from '../../ports/stack.ts';
import { type Bundle, bundleEntry } from './images/bundle-entry.ts';

/** Where bundles come from and are kept. */
export interface ProgramDeps {
  /** The project's folder. */
  readonly root: string;
  /** Where bundles are kept between runs. */
  readonly cacheDir: string;
}

/** The bundled programs that run in our containers; each is made once, however many ask for it. */
export class Programs {
  private readonly deps: ProgramDeps;
  private readonly made = new Map<string, Promise<Bundle>>();

  constructor(deps: ProgramDeps) {
    this.deps = deps;
  }

  /** Path of the bundle of one build with its composition root. */
  service({ id, entry }: Build): Promise<string> {
    invariant(entry !== undefined, `the build ${id} has a file of its own`);
    return this.bundle('service-main', { 'brakecheck-build': entry });
  }

  edge(): Promise<string> {
    return this.bundle('edge-main', {});
  }

  thirdParties(): Promise<string> {
    return this.bundle('third-parties-main', {});
  }

  controlPlane(): Promise<string> {
    return this.bundle('control-plane-main', {});
  }

  agent(): Promise<string> {
    return this.bundle('agent-main', {});
  }

  private async bundle(name: string, alias: Readonly<Record<string, string>>): Promise<string> {
    const key = JSON.stringify([name, alias]);
    let bundle = this.made.get(key);
    if (bundle === undefined) {
      bundle = bundleEntry({ ...this.deps, entry: mainOf(name), alias });
      this.made.set(key, bundle);
    }
    return (await bundle).file;
  }
}

/** The composition root's source, or what the compiler made of it where only that is there. */
function mainOf(name: string): string {
  const source = fileURLToPath(new URL(`./inside/${name}.ts`, import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, '.js');
}
