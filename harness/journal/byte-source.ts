/** A journal's bytes, wherever they lie. May grow while it is read; never shrinks. */
export interface ByteSource {
  /** Bytes that there are by now. */
  size(): number;
  /** Reads at most `into.length` bytes from `fromByte` on; returns how many were read, 0 past the end. */
  read(into: Uint8Array, fromByte: number): number;
  close(): void;
}

/** Bytes in memory: for tests, and for journals that never were a file. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: () => bytes.length,
    read: (into, fromByte) => {
      const part = bytes.subarray(fromByte, fromByte + into.length);
      into.set(part);
      return part.length;
    },
    close: () => undefined,
  };
}
