const BLOCK = 512;

/**
 * The plain files of a tar archive by path, without a leading `/` or `./`. Long names and links, which bundles do not
 * have, are left out. Throws a `RangeError` for an archive that is cut off.
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html (ustar interchange format)
 */
export function readTar(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header[0] === 0) break;
    const sizeBytes = Number.parseInt(textAt(header, 124, 12), 8);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(sizeBytes) || start + sizeBytes > archive.length) {
      throw new RangeError('the archive is cut off or damaged');
    }
    const type = textAt(header, 156, 1);
    const path = `${textAt(header, 345, 155)}/${textAt(header, 0, 100)}`.replace(/^[./]+/, '');
    if (type === '0' || type === '') files.set(path, archive.subarray(start, start + sizeBytes));
    at = start + Math.ceil(sizeBytes / BLOCK) * BLOCK;
  }
  return files;
}

function textAt(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim();
}
