import { type CellId, parseResource } from '../../../ports/resource.ts';

/** True for the name of one production cell, such as `pricing/na`. */
export function isCell(text: string): text is CellId {
  const resource = parseResource(text);
  return (
    resource !== null &&
    resource.environment === 'production' &&
    resource.service !== '*' &&
    resource.region !== '*'
  );
}

/** The region of a cell: `na` of `pricing/na`. */
export function regionOf(cell: CellId): string {
  return cell.slice(cell.indexOf('/') + 1);
}
