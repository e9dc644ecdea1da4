/** A network of a run, as the engine made it. */
export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  /** `10.213.4.0/25`. */
  readonly subnet: string;
  /** Without a way to or from anything outside it. */
  readonly isInternal: boolean;
}

/** A network that a container is on, and the names by which it is known there. */
export interface Attachment {
  readonly network: EngineNetwork;
  readonly aliases: readonly string[];
}

/** What to start. All that is not asked for is off: no ports, no capabilities, no way to write but `scratch`. */
export interface ContainerSpec {
  /** What it is in the world: `pricing/na`. Names and logs are made of it. */
  readonly role: string;
  readonly image: string;
  /** At least one; the first is the one that it starts on. */
  readonly networks: readonly Attachment[];
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files of this machine that the container can read. They must be readable by all. */
  readonly files?: readonly { readonly from: string; readonly to: string }[];
  /** Folders in memory that it may write to, with their mount options: `{ '/tmp': 'size=16m' }`. */
  readonly scratch?: Readonly<Record<string, string>>;
  /** Named volumes by the folder that they are put on, which take over its rights when they are new. */
  readonly volumes?: Readonly<Record<string, string>>;
  /** `uid:gid` or a name; the image's user when left out. */
  readonly user?: string;
  readonly memoryBytes: number;
  /** The whole file system can be written to, when true. */
  readonly isWritable?: boolean;
  /** Ports of the container to publish on 127.0.0.1, at a port that the engine chooses. */
  readonly publish?: readonly number[];
  /** A line of its log that tells that it is ready; without one it counts as ready when it runs. */
  readonly readyLog?: RegExp;
  /** How long it may take to be ready. */
  readonly startLimitMs?: number;
}

/** A container that was started and was ready once. */
export interface RunningContainer {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Where each published port is found on 127.0.0.1. */
  readonly ports: ReadonlyMap<number, number>;
  /** Its address on each network, by the network's name. */
  readonly addresses: ReadonlyMap<string, string>;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
