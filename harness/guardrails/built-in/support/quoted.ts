import { cleanText } from '../../host/clean-text.ts';

/** Text from a request, short and safe enough to stand in a reason. */
export function quoted(text: string): string {
  return `"${cleanText(text, 60)}"`;
}
