import { messageOf } from '../../kernel/errors.ts';
import { OutsideFailure } from '../../ports/outside.ts';

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to its network',
  ETIMEDOUT: 'the connection was not made in time',
};

/** Codes of node and OpenSSL for a certificate or a handshake that does not hold. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_OSSL|HOSTNAME_MISMATCH)/;

/** An error of node's HTTP client in words that are equal on every machine. */
export function faultOf(error: unknown, url: string): OutsideFailure {
  const code = codeOf(error);
  const host = new URL(url).host;
  const known = UNREACHABLE[code];
  if (known !== undefined)
    return new OutsideFailure('unreachable', `it could not be reached at ${host}: ${known}`);
  if (TLS.test(code)) return new OutsideFailure('bad-tls', `its TLS connection does not hold: ${code}`);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new OutsideFailure('broken-off', 'it broke the connection off before its answer was whole');
  }
  if (code.startsWith('HPE_')) return new OutsideFailure('broken-off', `it does not speak HTTP: ${code}`);
  return new OutsideFailure(
    'unreachable',
    `it could not be asked at ${host}: ${code === '' ? messageOf(error) : code}`,
  );
}

function codeOf(error: unknown): string {
  // Several addresses of one name fail together.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = (first as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
