/** Where two journals part, in words. */
export function firstDifference(noted: string, again: string): string {
  const left = noted.split('\n');
  const right = again.split('\n');
  const index = left.findIndex((line, at) => line !== right[at]);
  if (index === -1) return `the second run goes on after event ${left.length - 1}`;
  return `the second run differs from event ${index} on (${typeOf(left[index])} against ${typeOf(right[index])})`;
}

function typeOf(line: string | undefined): string {
  return (
    /"atMs":(\d+),"type":"([a-z-]+)"/
      .exec(line ?? '')
      ?.slice(1)
      .reverse()
      .join(' at ms ') ?? 'nothing'
  );
}
