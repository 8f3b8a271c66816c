import type { Rotation } from "../core/rotation/rotation";
import { callsForAttention } from "./callsForAttention";
import type { Memory } from "./memory";

const memoryKey = "seenRotations";
/** When more were seen, the oldest are told by their time alone: an address of each would fill the editor's storage. */
const remembered = 1_000;

type Moment = Pick<Rotation, "stateDir" | "id" | "at" | "origin" | "conversation">;

interface Kept {
  /** Epoch ms: whatever happened until then counts as seen. */
  readonly until: number;
  readonly seen: readonly (readonly [key: string, at: number])[];
}

/** What is older than this when nobody ever looked counts as seen: a new user is not greeted with history. ms. */
const firstLook = 7 * 24 * 3_600_000;

/** Which unexpected rotations somebody has looked at; kept for all windows of the editor, over reloads. */
export class SeenRotations {
  private readonly listeners = new Set<() => void>();
  private kept: Kept;
  private keys: ReadonlySet<string> = new Set();
  /** Epoch ms. */
  private readonly begun: number;

  constructor(
    private readonly memory: Memory,
    now = Date.now(),
  ) {
    this.begun = now - firstLook;
    this.kept = this.nothing();
    if (!isKept(memory.get<unknown>(memoryKey, undefined))) void memory.update(memoryKey, this.kept);
  }

  /** It calls for attention, and nobody looked at it yet. */
  isUnseen(rotation: Moment): boolean {
    if (!callsForAttention(rotation) || rotation.at === undefined) return false;
    const { until } = this.read();
    return rotation.at > until && !this.keys.has(keyOf(rotation));
  }

  mark(rotations: readonly Moment[]): void {
    const fresh = rotations.filter((rotation) => this.isUnseen(rotation));
    if (fresh.length === 0) return;
    const { until, seen } = this.read();
    const all = [...seen, ...fresh.map((each) => [keyOf(each), each.at ?? 0] as const)].sort(([, a], [, b]) => a - b);
    const forgotten = all.slice(0, -remembered);
    const kept: Kept = {
      until: Math.max(until, forgotten.at(-1)?.[1] ?? 0),
      seen: all.slice(-remembered),
    };
    void this.memory.update(memoryKey, kept);
    this.use(kept);
    for (const listener of [...this.listeners]) listener();
  }

  /** Called when something was seen here. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Another window of the editor may have looked meanwhile: then the memory has another object. */
  private read(): Kept {
    const stored = this.memory.get<unknown>(memoryKey, undefined);
    if (stored !== this.kept && isKept(stored)) this.use(stored);
    return this.kept;
  }

  private nothing(): Kept {
    return { until: this.begun, seen: [] };
  }

  private use(kept: Kept): void {
    this.kept = kept;
    this.keys = new Set(kept.seen.map(([key]) => key));
  }
}

function keyOf({ stateDir, id }: Moment): string {
  return `${stateDir}\n${id}`;
}

/** An earlier or later version of ours may have stored something else. */
function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  const { until, seen } = value as Partial<Record<string, unknown>>;
  return typeof until === "number" && Array.isArray(seen) && seen.every((each) => Array.isArray(each));
}
