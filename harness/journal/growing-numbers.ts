/** A list of numbers in one typed array that doubles when it is full: 8 bytes each, whatever their count. */
export class GrowingNumbers {
  private values = new Float64Array(1_024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const wider = new Float64Array(this.values.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.count++] = value;
  }

  at(index: number): number | undefined {
    return index < this.count ? this.values[index] : undefined;
  }

  /** Index of the first value above `value`, the values being in ascending order; `length` when there is none. */
  firstAbove(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
