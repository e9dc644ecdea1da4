/** Requests and errors of the last `spanMs`, kept as a running sum: adding a window costs the same however long the span. */
export class SlidingCount {
  private readonly spanMs: number;
  private readonly parts: { readonly atMs: number; readonly requests: number; readonly errors: number }[] =
    [];
  private head = 0;
  requests = 0;
  errors = 0;

  constructor(spanMs: number) {
    this.spanMs = spanMs;
  }

  /** Adds a window that ended at `atMs`, and forgets those that ended a span earlier. Times must not go back. */
  add(atMs: number, requests: number, errors: number): void {
    this.parts.push({ atMs, requests, errors });
    this.requests += requests;
    this.errors += errors;
    for (;;) {
      const oldest = this.parts[this.head];
      if (oldest === undefined || oldest.atMs > atMs - this.spanMs) break;
      this.requests -= oldest.requests;
      this.errors -= oldest.errors;
      this.head += 1;
    }
    if (this.head <= 1_024) return;
    this.parts.splice(0, this.head);
    this.head = 0;
  }

  /** Share of requests that failed; null without requests. */
  errorRatio(): number | null {
    return this.requests > 0 ? this.errors / this.requests : null;
  }
}
