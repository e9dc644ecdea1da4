/** Secrets from the environment. Only what was asked for is known, and only that is redacted. */
export function createSecrets(env: Readonly<Record<string, string | undefined>>) {
  const known = new Map<string, { readonly name: string; readonly value: string }>();
  const read = (name: string): string | null => {
    const value = env[name] ?? '';
    if (value === '') return null;
    known.set(name, { name, value });
    return value;
  };
  /** Also hides what was found inside a secret: a part of it gives away the rest. */
  const hide = (name: string, value: string): void => {
    if (value !== '') known.set(`${name} ${value}`, { name, value });
  };
  const redact = (text: string): string => {
    // The longest first: one secret may contain another.
    const longestFirst = [...known.values()].sort((a, b) => b.value.length - a.value.length);
    return longestFirst.reduce(
      (redacted, { name, value }) =>
        spellings(value).reduce(
          (all, spelling) => all.replaceAll(spelling, `(secret from ${name})`),
          redacted,
        ),
      text,
    );
  };
  return { read, hide, redact };
}

/** A secret as it may come back: as it is, in JSON, in a URL, in base64 and in hexadecimal digits. */
function spellings(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const inBase64 = bytes.toString('base64');
  const all = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    inBase64,
    inBase64.replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
  return [...new Set(all)];
}
