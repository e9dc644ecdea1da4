/** The wall clock, for manifests and folder names alone. */
export function nowText(): string {
  return new Date().toISOString();
}

/** `20260310-100000-<seed>`: sorts by time. */
export function newRunId(seed: string): string {
  const stamp = nowText().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${seed.replaceAll(/[^a-zA-Z0-9-]/g, '_').slice(0, 24)}`;
}
