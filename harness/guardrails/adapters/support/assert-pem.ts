import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Outside } from '../../../ports/outside.ts';
import type { ServiceOptions } from './service-options.ts';

/** Rejects where a file of TLS is not there or does not hold what it is for: else every question would fail, each in words of its own. */
export async function assertPem(tls: ServiceOptions['tls'], outside: Outside): Promise<void> {
  await assertHolds(tls?.ca, 'certificate', { outside, read: pem => new X509Certificate(pem) });
  await assertHolds(tls?.cert, 'certificate', { outside, read: pem => new X509Certificate(pem) });
  await assertHolds(tls?.key, 'private key (or one with a passphrase)', { outside, read: createPrivateKey });
}

async function assertHolds(
  file: string | undefined,
  what: string,
  { outside, read }: { readonly outside: Outside; readonly read: (pem: string) => unknown },
): Promise<void> {
  if (file === undefined) return;
  const pem = Buffer.from(await outside.readBytes(file)).toString('latin1');
  try {
    if (!pem.includes('-----BEGIN ')) throw new Error('no PEM');
    read(pem);
  } catch {
    throw new Error(`${file} holds no ${what} in PEM`);
  }
}
