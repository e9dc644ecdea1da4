/** A mail server as a variable of the environment names it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly isSecure: boolean;
  /** Nothing is said before STARTTLS has worked. Without it STARTTLS is used where it is offered. */
  readonly needsTls: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

/**
 * Reads `smtp://user:password@host:587` or `smtps://…:465`; null for anything else. A password is never sent in the
 * clear, except within this machine. Signs such as `/` and `#` in a password are written `%2F` and `%23`.
 */
export function readMailServer(value: string): MailServer | null {
  if (!URL.canParse(value)) return null;
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(value);
  const isSecure = protocol === 'smtps:';
  if (!isSecure && protocol !== 'smtp:') return null;
  // What follows the host is a password that was cut in two.
  if (hostname === '' || !['', '/'].includes(pathname) || search !== '' || hash !== '') return null;
  const user = decoded(username);
  const pass = decoded(password);
  if (user === null || pass === null) return null;
  const host = hostname.replaceAll(/[[\]]/g, '');
  const hasAuth = user !== '' || pass !== '';
  return {
    host,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    isSecure,
    needsTls: !isSecure && hasAuth && !/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host),
    auth: hasAuth ? { user, pass } : null,
  };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
