import assert from "node:assert/strict";
import fc from "fast-check";
import { applyPlan } from "../../../../src/core/restore/engine/applyPlan";
import { recoverPlan } from "../../../../src/core/restore/engine/recoverPlan";
import { inverse } from "../../../../src/core/restore/fileChange";
import type { RestorePlan } from "../../../../src/core/restore/restorePlan";
import { RestoreFailed, RestoreRefused } from "../../../../src/core/restore/restorer";
import { ModelFiles } from "../modelFiles";
import { planOf, provide, sessions, stateDir, testHost, vault, type Step } from "./aPlan";

const index = `${sessions}/sessions.json`;

type Act =
  | { readonly kind: "message" | "reset" | "undo" | "damage" }
  | { readonly kind: "restore"; readonly which: number }
  | { readonly kind: "crash"; readonly which: number; readonly at: number; readonly finish: boolean };

const acts = fc.array(
  fc.oneof(
    fc.constantFrom<Act>({ kind: "message" }, { kind: "reset" }, { kind: "undo" }, { kind: "damage" }),
    fc.record({ kind: fc.constant("restore" as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant("crash" as const), which: fc.nat(5), at: fc.nat(230), finish: fc.boolean() }),
  ),
  { minLength: 2, maxLength: 8 },
);

describe("restores, undos, messages, resets, crashes and damage in any order", function () {
  const isLong = process.env["PROPERTY_SCALE"] !== undefined;
  if (isLong) this.timeout(0);

  it("lose no entry, and an undo gives back exactly what was there", async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const world = new World();
        for (const act of sequence) {
          await world.act(act);
          world.expectAllEntries();
        }
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: isLong ? 1500 * Number(process.env["PROPERTY_SCALE"]) : 1000,
      },
    );
  });
});

/** A conversation that is spoken to, reset and given back. */
class World {
  private files = new ModelFiles();
  private readonly entries = new Set<string>();
  private count = 0;
  /** The last restore, and the state before it, as long as nothing came between. */
  private last: { readonly plan: RestorePlan; readonly before: Readonly<Record<string, string>> } | undefined;

  constructor() {
    this.files.putDirectory("/home/u/.local/state");
    this.reset();
  }

  async act(act: Act): Promise<void> {
    switch (act.kind) {
      case "message":
        this.message();
        break;
      case "reset":
        this.reset();
        break;
      case "damage":
        // Somebody else's row comes into the index: nothing of ours may take it away again.
        this.put(index, JSON.stringify({ ...this.rows(), [`key-${String(this.count++)}`]: { sessionId: "x" } }));
        break;
      case "restore":
        await this.restore(act.which);
        break;
      case "crash":
        await this.crash(act.which, act.at, act.finish);
        break;
      case "undo":
        await this.undo();
        break;
    }
  }

  expectAllEntries(): void {
    const everything = [...this.files.contents().values()].map((data) => new TextDecoder().decode(data)).join("");
    for (const entry of this.entries) assert.ok(everything.includes(`"${entry}"`), `${entry} is gone`);
  }

  private async restore(which: number): Promise<void> {
    const plan = this.planFor(which);
    if (!plan) return;
    const before = this.files.snapshot(stateDir);
    await applyPlan(this.files, vault, plan, { ...testHost(), tool: "test", provide });
    this.last = { plan, before };
  }

  private async undo(): Promise<void> {
    if (!this.last) return;
    const { plan, before } = this.last;
    const after = this.files.snapshot(stateDir);
    const undo: RestorePlan = {
      ...plan,
      id: this.newId("u"),
      kind: "undo",
      of: plan.id,
      changes: inverse(plan.changes),
    };
    await applyPlan(this.files, vault, undo, { ...testHost(), tool: "test", provide });
    assert.deepEqual(this.files.snapshot(stateDir), before);
    this.last = { plan: undo, before: after };
  }

  private async crash(which: number, at: number, finish: boolean): Promise<void> {
    const plan = this.planFor(which);
    if (!plan) return;
    const before = this.files.snapshot(stateDir);
    this.files = this.files.clone();
    this.files.fault = (call) => (call === at ? { kind: "crash", when: "before" } : undefined);
    await applyPlan(this.files, vault, plan, { ...testHost(), tool: "test", provide }).catch(() => undefined);
    this.files = this.files.afterPowerCut({ kind: at % 2 === 0 ? "drop-all" : "keep-all" });
    this.last = undefined;
    const how = finish ? "finish" : "take-back";
    const ended = await recoverPlan(this.files, vault, plan.id, how, testHost(2)).catch((error: unknown) => {
      assert.ok(error instanceof RestoreRefused && !(error instanceof RestoreFailed), String(error));
    });
    if (ended?.outcome !== "finished") assert.deepEqual(this.files.snapshot(stateDir), before);
    if (this.files.contents().has(`${vault}/restores/lock`)) this.files.remove(`${vault}/restores/lock`);
  }

  /** The archive comes back, what is current is set aside. */
  private planFor(which: number): RestorePlan | undefined {
    const archives = [...this.files.contents().keys()].filter((path) => /\.reset\.\d+$/.test(path)).sort();
    const archive = archives[which % Math.max(1, archives.length)];
    if (archive === undefined) return undefined;
    const current = this.current();
    const restored = `${sessions}/back-${String(this.count++)}.jsonl`;
    const steps: readonly Step[] = [
      { path: restored, role: "restored", before: undefined, after: this.text(archive) },
      {
        path: `${current}.reset.${String(this.count++)}`,
        role: "set-aside",
        before: undefined,
        after: this.text(current),
      },
      {
        path: index,
        role: "index",
        before: this.text(index),
        after: JSON.stringify({ ...this.rows(), main: { sessionId: String(this.count++), sessionFile: restored } }),
      },
      { path: current, role: "given-up", before: this.text(current), after: undefined },
    ];
    const plan = planOf(this.newId("r"), steps);
    // As the disk has them, so that undoing can be compared to the last attribute.
    return {
      ...plan,
      backups: [],
      changes: plan.changes.map((change) =>
        change.before.kind === "absent"
          ? change
          : { ...change, before: { ...change.before, mtimeMs: this.mtimeOf(change.path) } },
      ),
    };
  }

  private message(): void {
    const current = this.current();
    this.put(current, this.text(current) + this.entry());
  }

  private reset(): void {
    const contents = this.files.contents();
    if (contents.has(index)) {
      const current = this.current();
      this.put(`${current}.reset.${String(this.count++)}`, this.text(current));
      this.files.remove(current);
    }
    const id = `s${String(this.count++)}`;
    const sessionFile = `${sessions}/${id}.jsonl`;
    this.put(sessionFile, this.entry());
    this.put(
      index,
      JSON.stringify({ ...(contents.has(index) ? this.rows() : {}), main: { sessionId: id, sessionFile } }),
    );
  }

  private entry(): string {
    const id = `entry-${String(this.count++)}-`;
    this.entries.add(id);
    return `{"type":"message","id":"${id}"}\n`;
  }

  private put(path: string, text: string): void {
    this.files.put(path, text, 0o600, this.files.clock++);
    this.last = undefined;
  }

  private text(path: string): string {
    return new TextDecoder().decode(this.files.contents().get(path));
  }

  private rows(): Readonly<Record<string, { readonly sessionFile?: string }>> {
    return JSON.parse(this.text(index)) as Readonly<Record<string, { readonly sessionFile?: string }>>;
  }

  private current(): string {
    return this.rows()["main"]?.sessionFile ?? "";
  }

  private mtimeOf(path: string): number {
    return Number(this.files.snapshot(stateDir)[path]?.split(" ", 2)[1]);
  }

  private newId(prefix: string): string {
    return `${prefix}${String(this.count++)}`;
  }
}
