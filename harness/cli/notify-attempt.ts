/** What became of sending a message once. `because` is a clause without secrets, safe to show. */
export type Attempt =
  | { readonly state: 'sent' }
  /** It may well arrive later. `waitMs`: how long the receiver asked to be left alone; null when it said nothing. */
  | { readonly state: 'failed'; readonly because: string; readonly waitMs: number | null }
  /** It will never be taken as it is. */
  | { readonly state: 'refused'; readonly because: string };

/** Most characters of what a receiver said that are shown. */
export const MOST_SAID = 200;
