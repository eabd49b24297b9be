/**
 * The samples of one metric from one monitor, sorted by their place on the time axis, in typed arrays of bounded
 * length. A sample that says "there is no number" is held too: it breaks the line.
 */

/** What a sample is worth. `absent`: the monitor said that there is no usable number. */
export const SAMPLE_STATE = { valid: 0, questionable: 1, absent: 2 } as const;
export type SampleState = (typeof SAMPLE_STATE)[keyof typeof SAMPLE_STATE];

/** Eight hours at one sample a second, with a margin for trimming in steps. */
export const DEFAULT_CAPACITY = 32_768;
const FIRST_ALLOCATION = 1_024;
/** When full, this part of the oldest samples goes at once, so that trimming costs little per sample. */
const TRIM_DIVISOR = 16;

/**
 * Read access to sorted samples. Indices and columns are valid until the next `add`; the columns are longer than
 * `length`, and are for loops that see every sample.
 */
export interface Samples {
  readonly length: number;
  readonly columns: {
    readonly times: Float64Array;
    readonly values: Float64Array;
    /** `SAMPLE_STATE` of each. */
    readonly states: Uint8Array;
  };
  timeAt(index: number): number;
  /** The number; NaN where the state is `absent`. */
  valueAt(index: number): number;
  stateAt(index: number): SampleState;
}

const STATES: readonly SampleState[] = [0, 1, 2];

export class SampleBuffer implements Samples {
  #times: Float64Array;
  #values: Float64Array;
  #states: Uint8Array;
  #length = 0;
  readonly #capacity: number;

  /** @throws RangeError when `capacity` is smaller than 16. */
  constructor(capacity: number = DEFAULT_CAPACITY) {
    if (!Number.isInteger(capacity) || capacity < TRIM_DIVISOR) {
      throw new RangeError(`capacity must be an integer of at least ${TRIM_DIVISOR}`);
    }
    this.#capacity = capacity;
    const first = Math.min(FIRST_ALLOCATION, capacity);
    this.#times = new Float64Array(first);
    this.#values = new Float64Array(first);
    this.#states = new Uint8Array(first);
  }

  get length(): number {
    return this.#length;
  }

  get columns() {
    return { times: this.#times, values: this.#values, states: this.#states };
  }

  timeAt(index: number): number {
    return this.#times[index] ?? Number.NaN;
  }

  valueAt(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }

  stateAt(index: number): SampleState {
    return STATES[this.#states[index] ?? SAMPLE_STATE.absent] ?? SAMPLE_STATE.absent;
  }

  /**
   * Adds one sample where it belongs in time. The same sample given twice (same time, value and state) is held
   * once. When the buffer is full, the oldest samples go; one older than all that are held is then not taken.
   * @returns false when nothing was added.
   */
  add(time: number, value: number | null, state: SampleState): boolean {
    const held = value === null ? Number.NaN : value;
    let at = this.#length;
    while (at > 0 && this.timeAt(at - 1) > time) at -= 1;
    for (let twin = at - 1; twin >= 0 && this.timeAt(twin) === time; twin -= 1) {
      if (Object.is(this.valueAt(twin), held) && this.stateAt(twin) === state) return false;
    }
    if (this.#length === this.#capacity) {
      if (at === 0) return false;
      at = Math.max(0, at - this.#trim());
    } else if (this.#length === this.#times.length) this.#grow();
    if (at < this.#length) {
      this.#times.copyWithin(at + 1, at, this.#length);
      this.#values.copyWithin(at + 1, at, this.#length);
      this.#states.copyWithin(at + 1, at, this.#length);
    }
    this.#times[at] = time;
    this.#values[at] = held;
    this.#states[at] = state;
    this.#length += 1;
    return true;
  }

  #grow(): void {
    const size = Math.min(this.#capacity, this.#times.length * 2);
    const times = new Float64Array(size);
    const values = new Float64Array(size);
    const states = new Uint8Array(size);
    times.set(this.#times);
    values.set(this.#values);
    states.set(this.#states);
    this.#times = times;
    this.#values = values;
    this.#states = states;
  }

  #trim(): number {
    const gone = Math.ceil(this.#length / TRIM_DIVISOR);
    this.#times.copyWithin(0, gone, this.#length);
    this.#values.copyWithin(0, gone, this.#length);
    this.#states.copyWithin(0, gone, this.#length);
    this.#length -= gone;
    return gone;
  }
}

/** Index of the first sample at or after `time`; `samples.length` when all are earlier. */
export const lowerBound = (samples: Samples, time: number): number => {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples.timeAt(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
