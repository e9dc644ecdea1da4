/** Where an amount of harm was met. What a harm cannot be told by (rows have no journey) is null. */
export interface Place {
  readonly journey: string | null;
  readonly region: string | null;
  /** Cells for harms to cells and data. */
  readonly cell: string | null;
}

export interface PlacedAmount extends Place {
  readonly amount: number;
}

/** Where a budget line or a claim looks; left out, everywhere. */
export interface Where {
  readonly journey?: string | undefined;
  readonly region?: string | undefined;
}

export function isIn(place: Place, where: Where): boolean {
  return (
    (where.journey === undefined || where.journey === place.journey) &&
    (where.region === undefined || where.region === place.region)
  );
}

export const NOWHERE: Place = { journey: null, region: null, cell: null };

export function placeOfRegion(region: string): Place {
  return { journey: null, region, cell: null };
}

export function placeOfCell(cell: string): Place {
  return { journey: null, region: cell.slice(cell.indexOf('/') + 1), cell };
}

/** Code-unit order, so that reports read the same in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
