/** A binary heap: the element that comes first under `compare` is at hand at once. */
export class OrderedHeap<T> {
  readonly #compare: (left: T, right: T) => number;
  readonly #elements: T[] = [];

  constructor(compare: (left: T, right: T) => number, elements: readonly T[] = []) {
    this.#compare = compare;
    for (const element of elements) this.push(element);
  }

  /** The first element, left where it is; undefined when the heap is empty. */
  peek(): T | undefined {
    return this.#elements[0];
  }

  push(element: T): void {
    const elements = this.#elements;
    let at = elements.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#compare(elements[above]!, element) <= 0) break;
      elements[at] = elements[above]!;
      at = above;
    }
    elements[at] = element;
  }

  /** Takes the first element; undefined when the heap is empty. */
  pop(): T | undefined {
    const elements = this.#elements;
    const first = elements[0];
    const last = elements.pop();
    if (last === undefined || elements.length === 0) return first;
    let at = 0;
    for (let below = 1; below < elements.length; below = 2 * at + 1) {
      const right = below + 1;
      if (right < elements.length && this.#compare(elements[right]!, elements[below]!) < 0) below = right;
      if (this.#compare(last, elements[below]!) <= 0) break;
      elements[at] = elements[below]!;
      at = below;
    }
    elements[at] = last;
    return first;
  }
}
