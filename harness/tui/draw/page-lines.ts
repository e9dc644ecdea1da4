import { wrap } from '../../report/columns.ts';
import { shownWidth, withoutColour } from './text.ts';

/** The lines of a printed view, without those of its title, indented by a column. A command that is too long goes on below. */
export function pageLines(
  text: string,
  { skip, width }: { readonly skip: number; readonly width: number },
): string[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(skip)
    .flatMap(line => {
      if (line === '') return [''];
      if (shownWidth(line) < width) return [` ${line}`];
      const plain = withoutColour(line);
      const indent = plain.length - plain.trimStart().length + 1;
      return wrap(plain.trimStart(), { width: width - 1, indent, hanging: 2 });
    });
}
