/** The region of a cell (`pricing/na`) or of a region itself (`na`). */
export function regionOf(cellOrRegion: string): string {
  return cellOrRegion.slice(cellOrRegion.lastIndexOf('/') + 1);
}
