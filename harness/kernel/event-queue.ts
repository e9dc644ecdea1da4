/** A scheduled task. Tasks run in the order of (atMs, sequence), so simultaneous tasks keep the order of their making. */
export interface QueuedTask {
  readonly atMs: number;
  readonly sequence: number;
  run: (() => void) | null;
}

/** A binary heap of tasks. Cancelled tasks (`run === null`) stay until they surface. */
export class EventQueue {
  private readonly heap: QueuedTask[] = [];

  get size(): number {
    return this.heap.length;
  }

  peek(): QueuedTask | undefined {
    return this.heap[0];
  }

  push(task: QueuedTask): void {
    const heap = this.heap;
    let index = heap.length;
    heap.push(task);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as QueuedTask;
      if (!isBefore(task, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = task;
  }

  pop(): QueuedTask | undefined {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    this.sinkFromTop(last);
    return top;
  }

  private sinkFromTop(task: QueuedTask): void {
    const heap = this.heap;
    const size = heap.length;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && isBefore(heap[right] as QueuedTask, heap[child] as QueuedTask)) child = right;
      const below = heap[child] as QueuedTask;
      if (!isBefore(below, task)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = task;
  }
}

function isBefore(a: QueuedTask, b: QueuedTask): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
