/** Lines of the longest scenario: blocks are parted by blank lines and end at the rule. */
export function longestBlock(screen: string): number {
  const [scenarios = ''] = screen.split(`\n${'-'.repeat(80)}\n`);
  const blocks = scenarios.split('\n\n').slice(1);
  return Math.max(0, ...blocks.map(block => block.trimEnd().split('\n').length));
}
