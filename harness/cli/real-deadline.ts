/** Calls `onExpired` after `limitMs` of real time, unless cancelled first. The only way in which the inner parts know of real time. */
export function realDeadline(limitMs: number, onExpired: () => void): () => void {
  const timer = setTimeout(onExpired, limitMs);
  return () => clearTimeout(timer);
}
