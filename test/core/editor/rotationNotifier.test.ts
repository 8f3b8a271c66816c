import { deepEqual, equal } from "node:assert/strict";
import { type Explanations, noExplanations } from "../../../src/core/explanations";
import type { InspectorChange } from "../../../src/core/inspectorPort";
import type { NoticeMemory } from "../../../src/core/noticeMemory";
import type { Rotation } from "../../../src/core/rotation/rotation";
import { noticeText } from "../../../src/editor/noticeText";
import { RotationNotifier, type Told } from "../../../src/editor/rotationNotifier";
import { aCause, aConversation, aResetAt, aRotation, aStateDir, explanationsOf } from "../../anExplanation";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("the notifier", () => {
  it("tells on the first start ever what happened in the last seven days, in one sentence", async () => {
    const world = new World();
    world.explain(reset("a", -1 * day), reset("b", -6 * day), reset("c", -8 * day));
    await world.start();
    deepEqual(world.told, [["a", "b"]]);
    equal(world.said(0), "2 conversations were reset in the last 7 days, and nobody asked for it");
  });

  it("tells at a later start what happened since the last look", async () => {
    const world = new World({ lastLook: aResetAt - 10 * hour });
    world.explain(reset("a", -2 * hour), reset("b", -9 * hour), reset("c", -11 * hour));
    await world.start();
    deepEqual(world.told, [["a", "b"]]);
    equal(world.said(0), "2 conversations were reset since yesterday 18:00");
  });

  it("names a single conversation, and the day when it was not today", async () => {
    const world = new World({ lastLook: aResetAt - 2 * day });
    world.explain(reset("a", -1 * day));
    await world.start();
    equal(world.said(0), "2026-03-30: main was reset at 04:00, daily reset: 8 messages set aside");
  });

  it("tells each one while watching, and several at once in one sentence", async () => {
    const world = new World();
    await world.start();
    await world.later(minute, reset("a", minute));
    await world.later(minute, reset("a", minute), ...["b", "c", "d", "e"].map((id) => reset(id, 2 * minute)));
    deepEqual(world.told, [["a"], ["b", "c", "d", "e"]]);
    equal(world.said(0), "main was reset at 04:01, daily reset: 8 messages set aside");
    equal(world.said(1), "4 conversations were reset just now");
  });

  it("says nothing of what was asked for, configured or is by design, has no time, or comes from the future", async () => {
    const world = new World();
    world.explain(
      ...(["asked", "configured", "design"] as const).map((origin) => ({ ...reset(origin, -hour), origin })),
      { ...reset("timeless", 0), at: undefined },
      reset("future", 5 * day),
    );
    await world.start();
    deepEqual(world.told, []);
  });

  it("is once for several windows, and silent after a reload", async () => {
    const memory = new FakeNotices(undefined);
    const [one, two] = [new World({ memory }), new World({ memory })];
    for (const world of [one, two]) world.explain(reset("a", -hour));
    await Promise.all([one.start(), two.start()]);
    const reloaded = new World({ memory });
    reloaded.explain(reset("a", -hour));
    await reloaded.start();
    deepEqual([...one.told, ...two.told, ...reloaded.told], [["a"]]);
  });

  it("keeps silent where it is told to", async () => {
    const memory = new FakeNotices(undefined);
    const silenced = new World({ memory, silencedCauses: ["daily", "unknown"] });
    silenced.explain(
      reset("a", -hour),
      { ...reset("b", -hour), causes: [] },
      { ...reset("c", -hour), causes: [aCause("idle")] },
    );
    await silenced.start();
    deepEqual(silenced.told, [["c"]]);

    const off = new World({ memory, enabled: false });
    off.explain(reset("a", -hour));
    await off.start();
    deepEqual(off.told, []);
  });

  it("does not lose what happens while everything is looked at", async () => {
    const memory = new FakeNotices(undefined);
    const world = new World({ memory });
    await world.start();
    // It happened a minute before the last look, and was explained only after the editor was closed.
    const next = new World({ memory });
    next.explain(reset("a", -minute));
    await next.start();
    deepEqual(next.told, [["a"]]);
  });

  it("reports a memory that fails, and goes on", async () => {
    const world = new World();
    world.explain(reset("a", -hour));
    world.memory.fails = true;
    await world.start();
    equal(world.errors.length, 1);
    world.memory.fails = false;
    await world.later(0, reset("a", -hour));
    deepEqual(world.told, [["a"]]);
  });
});

/** Of a conversation of its own, so many ms after 04:00. */
function reset(id: string, after: number): Rotation {
  const rotation = aRotation({ id, at: aResetAt + after });
  return { ...rotation, conversation: { ...aConversation("agent:main:main", rotation.from), key: `agent:main:${id}` } };
}

/** A state directory with what is known of it, at 04:00 in UTC. */
class World {
  readonly told: string[][] = [];
  readonly errors: unknown[] = [];
  readonly memory: FakeNotices;
  private readonly tellings: Told[] = [];
  private explanations: Explanations = noExplanations;
  private now = aResetAt;
  private listener: ((change: InspectorChange) => void) | undefined;
  private readonly notifier: RotationNotifier;

  constructor(
    options: {
      lastLook?: number;
      memory?: FakeNotices;
      enabled?: boolean;
      silencedCauses?: readonly string[];
    } = {},
  ) {
    this.memory = options.memory ?? new FakeNotices(options.lastLook);
    const explanations = () => this.explanations;
    this.notifier = new RotationNotifier({
      inspector: {
        snapshot: { stateDirs: [aStateDir([])], lookedAt: [], problems: [] },
        get explanations() {
          return explanations();
        },
        notices: this.memory,
        onDidChange: (listener) => {
          this.listener = listener;
          return { dispose: () => undefined };
        },
      },
      tell: (told) => {
        this.tellings.push(told);
        this.told.push(told.rotations.map(({ id }) => id));
      },
      settings: () => ({ enabled: options.enabled ?? true, silencedCauses: options.silencedCauses ?? [] }),
      now: () => this.now,
      soon: (run) => {
        run();
      },
      onError: (error) => this.errors.push(error),
    });
  }

  explain(...rotations: readonly Rotation[]): void {
    this.explanations = explanationsOf(rotations);
  }

  async start(): Promise<void> {
    this.listener?.({ structure: false, files: [], rotations: [], explained: true });
    await this.notifier.idle();
  }

  async later(ms: number, ...rotations: readonly Rotation[]): Promise<void> {
    this.now += ms;
    this.explain(...rotations);
    await this.start();
  }

  said(index: number): string | undefined {
    const told = this.tellings[index];
    return told && noticeText(told, "UTC", this.now);
  }
}

class FakeNotices implements NoticeMemory {
  fails = false;
  private readonly claimed = new Set<string>();

  constructor(private last: number | undefined) {}

  claim(stateDir: string, rotationId: string): Promise<boolean> {
    const name = `${stateDir} ${rotationId}`;
    const mine = !this.claimed.has(name);
    this.claimed.add(name);
    return Promise.resolve(mine);
  }

  lastLook(): Promise<number | undefined> {
    return this.fails ? Promise.reject(new Error("no space left")) : Promise.resolve(this.last);
  }

  looked(_: string, at: number): Promise<void> {
    this.last = Math.max(this.last ?? 0, at);
    return Promise.resolve();
  }
}
