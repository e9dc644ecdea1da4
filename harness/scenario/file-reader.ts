/** The files that scenarios come from. Paths are as a person writes them, with `/`. */
export interface FileReader {
  /** Throws when there is no such file or it cannot be read. */
  read(path: string): Uint8Array;
  /** Names in a folder with what they are, in any order; empty when there is no such folder. */
  list(path: string): readonly { readonly name: string; readonly isFolder: boolean }[];
  /** Null when there is nothing of that name. */
  stat(path: string): { readonly isFile: boolean; readonly sizeBytes: number } | null;
}
