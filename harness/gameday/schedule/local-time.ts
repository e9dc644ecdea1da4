/** `Tue 2026-03-31 10:00 +02:00`: a time as the clocks of an IANA zone show it, and how far they are from UTC. */
export function localTime(atMs: number, timeZone: string): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', weekday: 'short', timeZoneName: 'longOffset' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    })
      .formatToParts(new Date(atMs))
      .map(({ type, value }) => [type as string, value]),
  );
  const part = (name: string) => parts.get(name) ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${offset}`;
}
