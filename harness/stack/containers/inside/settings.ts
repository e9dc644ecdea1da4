import type { InstanceOrder } from '../../live/instance-order.ts';
import type { ThirdPartyFigures } from '../../world-third-parties.ts';

/** What the programs in our containers are told, as JSON in one variable of their environment. */
const SETTINGS_VARIABLE = 'BRAKECHECK_SETTINGS';

/** Where they listen in their containers. */
export const PORT = {
  /** What the world asks of them. */
  service: 8080,
  /** How the harness steers them, behind a token. */
  admin: 9090,
  /** An edge's way in for the harness (`gate.ts`), behind a token. */
  gate: 9000,
  database: 5432,
} as const;

/** The line by which they tell that they listen. */
export const READY = 'ready';

export interface ServiceSettings {
  readonly order: InstanceOrder;
  readonly build: { readonly id: string; readonly version: string; readonly digest: string };
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
    readonly password: string;
  };
  readonly token: string;
}

export interface EdgeSettings {
  readonly seed: string;
  readonly token: string;
}

export interface ThirdPartySettings {
  readonly figures: ThirdPartyFigures;
  readonly seed: string;
  readonly worldNowMs: number;
  readonly token: string;
}

export interface GateSettings {
  readonly token: string;
}

/** The name by which agents know the control plane on their network. */
export const CONTROL_PLANE_HOST = 'control-plane';

/** Reads what `settingsFor` wrote. The text is ours, so it is not checked again. */
export function readSettings<Settings>(env: Readonly<Record<string, string | undefined>>): Settings {
  return JSON.parse(env[SETTINGS_VARIABLE] ?? 'null') as Settings;
}

/** The environment of a program with these settings. */
export function settingsFor(
  settings: ServiceSettings | EdgeSettings | ThirdPartySettings | GateSettings,
): Readonly<Record<string, string>> {
  return { [SETTINGS_VARIABLE]: JSON.stringify(settings) };
}
