import type { Snapshot } from "../core/conversation/model";
import type { Disposable, InspectorChange, WatchState } from "../core/inspectorPort";
import type { SeenRotation } from "./explainWitness";
import { RotationMemory } from "./scanRotations";
import { emptySnapshot, structureDiffers } from "./scanSnapshot";

/** Holds the latest snapshot and tells everyone who listens what is different in the next one. */
export class Announcer {
  private readonly listeners = new Set<(change: InspectorChange) => void>();
  private readonly rotations = new RotationMemory();
  private latest = emptySnapshot;

  constructor(
    private readonly log: (message: string) => void,
    private readonly onNext: (seen: readonly SeenRotation[]) => void = () => undefined,
  ) {}

  get snapshot(): Snapshot {
    return this.latest;
  }

  listen(listener: (change: InspectorChange) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** `files`: paths whose content changed. Nothing is told when nothing is different. */
  announce(next: Snapshot, files: readonly string[]): void {
    const before = this.latest;
    if (next === before && files.length === 0) return;
    this.latest = next;
    const rotations = this.rotations.observe(next);
    this.onNext(rotations.map(({ seen }) => seen));
    this.tell({
      structure: structureDiffers(before, next),
      files,
      rotations: rotations.flatMap(({ told }) => told ?? []),
    });
  }

  /** Something else that people see is different: how changes are noticed. */
  tell(change: InspectorChange): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(change);
      } catch (error) {
        // One view that fails must not keep the others from being told.
        this.log(`a listener failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export const watchStateChanged: InspectorChange = { structure: true, files: [], rotations: [] };
export const explainedAnew: InspectorChange = { structure: false, files: [], rotations: [], explained: true };
export const nothingWatched: WatchState = { mode: "off", reason: undefined, watches: 0 };
