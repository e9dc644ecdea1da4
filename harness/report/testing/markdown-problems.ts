/** What a Markdown reader would take for markup that is not ours: all code spans and our own folding taken out first. */
export function markdownProblems(report: string): string[] {
  const bare = report
    .replace(/^<details><summary>[A-Z]+ <code>[^<]*<\/code>: [a-z, ]+<\/summary>$|^<\/details>$/gm, '')
    .replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
  const markup =
    /@|<|javascript:|!\[|\]\(|evil|^#+ (?!Brakecheck: [A-Z]+$|(?:ESCAPED|INCONCLUSIVE|OVER-BLOCKED))/gm;
  return [...[...bare.matchAll(markup)].map(([found]) => `markup: ${found}`), ...brokenTables(report)];
}

/** A pipe ends a cell wherever it stands, in code spans too; so all rows of a table have as many as its head. */
function brokenTables(report: string): string[] {
  const lines = report.split('\n');
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? '';
    if (!line.startsWith('|') || !before.startsWith('|')) return [];
    return pipesIn(line) === pipesIn(before) ? [] : [`table: ${line.slice(0, 80)}`];
  });
}

function pipesIn(line: string): number {
  return line.split('|').length - 1;
}
