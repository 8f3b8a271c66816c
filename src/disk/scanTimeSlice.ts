/** How long work may hold the event loop in one go, ms. A frame of a 60 Hz screen is 16. */
const SLICE_MS = 8;

/**
 * Cuts long loops into slices, so that nothing else in the process waits for more than a frame:
 * `if (slice.over()) await slice.rest();`
 */
export class TimeSlice {
  private began = performance.now();

  constructor(private readonly sliceMs: number = SLICE_MS) {}

  over(): boolean {
    return performance.now() - this.began >= this.sliceMs;
  }

  async rest(): Promise<void> {
    await new Promise<void>((done) => {
      setImmediate(done);
    });
    this.began = performance.now();
  }
}
