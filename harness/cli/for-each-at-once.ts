/** Does `work` for each item in order, at most `most` at once. Rejects when one does; the others go on until they end. */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const lane = async () => {
    for (const item of rest) await work(item);
  };
  const lanes = Array.from({ length: Math.min(most, items.length) }, lane);
  const settled = await Promise.allSettled(lanes);
  const failed = settled.find(result => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
