import type { Disposable, Inspector } from "../core/inspectorPort";
import { firstCause, type Rotation } from "../core/rotation/rotation";
import { callsForAttention } from "./callsForAttention";

/** How many are told one by one; more at once are told in one sentence. */
const mostAtOnce = 3;
/** On the first start ever, what is older is history. ms. */
const firstLook = 7 * 24 * 3_600_000;
/** What is explained later than this after it happened, because we were closed meanwhile, is told at the next start. ms. */
const overlap = 2 * 60_000;
/** How often a look is noted; what is seen twice is told once all the same. ms. */
const noteEvery = 5 * 60_000;

/** What is known of the looks at one state directory. */
interface Look {
  /** Start of the time that is told of. */
  readonly since: number;
  readonly firstEver: boolean;
  /** Whether what had happened before was told. */
  told: boolean;
  notedAt: number;
}

/** What was found, to be told. */
export interface Told {
  /** Newest first; never empty. */
  readonly rotations: readonly Rotation[];
  /** Told at a start: epoch ms of the last look before. Undefined for what happened just now. */
  readonly since: number | undefined;
  /** Nobody ever looked before: `since` is a week ago. */
  readonly firstEver: boolean;
}

export interface NotifierOptions {
  readonly inspector: Pick<Inspector, "snapshot" | "explanations" | "notices" | "onDidChange">;
  readonly tell: (told: Told) => void;
  /** Asked each time: settings change. Causes as in `CauseKind`, and `unknown`. */
  readonly settings: () => { readonly enabled: boolean; readonly silencedCauses: readonly string[] };
  readonly now: () => number;
  /** Whether a restore did it; then there is nothing to tell. Asked of what would be told only. */
  readonly isOwn?: (rotation: Rotation) => Promise<boolean>;
  /** Runs later, when what was written about a rotation has settled: the log line, the first message after it. */
  readonly soon: (run: () => void) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Finds out which rotations somebody should be told of: unexpected ones since the last look, each once for all windows of all
 * editors. What it says and where is the business of `tell`.
 */
export class RotationNotifier implements Disposable {
  private readonly subscription: Disposable;
  /** By path of the state directory. */
  private readonly looks = new Map<string, Look>();
  private readonly handled = new Set<string>();
  private waiting = false;
  private running = Promise.resolve();

  constructor(private readonly options: NotifierOptions) {
    this.subscription = options.inspector.onDidChange(({ explained }) => {
      if (explained) this.lookSoon();
    });
  }

  /** Resolves when everything that is known was told. */
  idle(): Promise<void> {
    return this.running;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private lookSoon(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.options.soon(() => {
      this.waiting = false;
      this.running = this.running.then(() => this.look()).catch(this.options.onError);
    });
  }

  private async look(): Promise<void> {
    const { inspector, now, tell } = this.options;
    const { stateDirs } = inspector.snapshot;
    const { rotations } = inspector.explanations;
    const atStart: Rotation[] = [];
    const justNow: Rotation[] = [];
    let since = Infinity;
    let firstEver = true;
    for (const { path } of stateDirs) {
      const look = await this.lookOf(path);
      const fresh = await this.claimed(
        rotations.filter((rotation) => rotation.stateDir === path),
        look.since,
      );
      (look.told ? justNow : atStart).push(...fresh);
      if (!look.told && fresh.length > 0) {
        since = Math.min(since, look.since);
        firstEver &&= look.firstEver;
      }
      look.told = true;
      if (now() - look.notedAt < noteEvery) continue;
      look.notedAt = now();
      await inspector.notices.looked(path, now() - overlap);
    }
    if (atStart.length > 0) tell({ rotations: newestFirst(atStart), since, firstEver });
    if (justNow.length > mostAtOnce) tell({ rotations: newestFirst(justNow), since: undefined, firstEver: false });
    else for (const rotation of justNow) tell({ rotations: [rotation], since: undefined, firstEver: false });
  }

  private async lookOf(stateDir: string): Promise<Look> {
    const known = this.looks.get(stateDir);
    if (known) return known;
    const last = await this.options.inspector.notices.lastLook(stateDir);
    const since = last ?? this.options.now() - firstLook;
    const look: Look = { since, firstEver: last === undefined, told: false, notedAt: -Infinity };
    this.looks.set(stateDir, look);
    return look;
  }

  /** Those that are ours to tell. */
  private async claimed(rotations: readonly Rotation[], since: number): Promise<readonly Rotation[]> {
    const { inspector, settings, now, isOwn } = this.options;
    const { enabled, silencedCauses } = settings();
    if (!enabled) return [];
    const mine: Rotation[] = [];
    for (const rotation of rotations) {
      const { stateDir, id, at } = rotation;
      // A stamp in the future comes from a wrong clock; it would be news for ever.
      if (!callsForAttention(rotation) || at === undefined || at <= since || at > now() + overlap) continue;
      if (silencedCauses.includes(firstCause(rotation)) || this.handled.has(`${stateDir}\n${id}`)) continue;
      this.handled.add(`${stateDir}\n${id}`);
      if (isOwn && (await isOwn(rotation))) continue;
      if (await inspector.notices.claim(stateDir, id)) mine.push(rotation);
    }
    return mine;
  }
}

function newestFirst(rotations: readonly Rotation[]): readonly Rotation[] {
  return rotations.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
}
