import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import type { ListJson, WindowJson } from "../../src/cli/listJson";
import type { PlanJson, ReceiptJson, ReceiptsJson } from "../../src/core/restore/report/planJson";
import type { Outcome } from "./commandLine";
import { RealProgram } from "./realProgram";

interface AttemptJson extends PlanJson {
  readonly outcome: string;
  readonly message: string | null;
  readonly receipt: ReceiptJson | null;
}

describe("restore and undo, on real files", () => {
  const cli = new RealProgram();
  after(() => {
    cli.dispose();
  });

  async function attempt(exitCode: number, ...words: readonly string[]): Promise<AttemptJson> {
    const { stdout, stderr, code } = await cli.run(...words, "--json");
    assert.equal(code, exitCode, stdout + stderr);
    return JSON.parse(stdout) as AttemptJson;
  }

  async function windowsOf(state: string, key: string): Promise<readonly WindowJson[]> {
    const { stdout } = await cli.run("list", "--json", "--state-dir", state);
    const agents = (JSON.parse(stdout) as ListJson).stateDirs[0]?.agents ?? [];
    return agents.flatMap(({ conversations }) => conversations).find((each) => each.key === key)?.windows ?? [];
  }

  async function orphanOf(state: string, kind: string): Promise<WindowJson> {
    const { stdout } = await cli.run("list", "--json", "--state-dir", state);
    const found = (JSON.parse(stdout) as ListJson).stateDirs[0]?.agents
      .flatMap(({ orphans }) => orphans)
      .find((each) => each.kind === kind);
    assert.ok(found?.file);
    return found;
  }

  for (const version of ["2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35"]) {
    it(`${version}: an archive is given back, and undo makes everything as it was`, async () => {
      const state = cli.copyOf(`${version}/manual-resets`, `archive-${version}`);
      const place = ["--state-dir", state];
      const before = everythingIn(state);
      const [current, earlier] = await windowsOf(state, "agent:main:main");
      assert.ok(earlier?.file && current);

      const dry = await attempt(0, "restore", "main", "--key", "main", "--dry-run", ...place);
      assert.deepEqual([dry.outcome, dry.applicable, dry.receipt], ["could-be-done", true, null]);
      const unconfirmed = await attempt(3, "restore", "main", "--key", "main", ...place);
      assert.equal(unconfirmed.outcome, "unconfirmed");
      assert.deepEqual(everythingIn(state), before);

      const done = await attempt(0, "restore", "main", "--key", "main", "--yes", ...place);
      assert.deepEqual(
        [done.outcome, done.plan?.key, done.plan?.from, done.plan?.to, done.receipt?.outcome],
        ["done", "agent:main:main", current.sessionId, earlier.sessionId, "finished"],
      );
      const after = everythingIn(state);
      const archive = relative(state, earlier.file);
      assert.equal(after.get(archive), before.get(archive), "the archive stays as it is");
      const windows = await windowsOf(state, "agent:main:main");
      assert.deepEqual([windows[0]?.sessionId, windows[0]?.kind], [earlier.sessionId, "live"]);
      assert.equal(windows[0]?.messages, earlier.messages);
      assert.ok(windows.some(({ sessionId, kind }) => sessionId === current.sessionId && kind === "reset"));

      const undone = await attempt(0, "undo", "--yes", ...place);
      assert.deepEqual([undone.outcome, undone.plan?.of], ["done", done.plan?.id]);
      assert.deepEqual(everythingIn(state), before);

      const again = await attempt(0, "undo", undone.plan?.id ?? "", "--yes", ...place);
      assert.equal(again.outcome, "done");
      assert.deepEqual(everythingIn(state), after);
      const { stdout } = await cli.run("restores", "--json", ...place);
      assert.deepEqual(
        (JSON.parse(stdout) as ReceiptsJson).restores.map(({ plan, outcome }) => `${plan.kind} ${outcome}`),
        ["undo finished", "undo undone", "restore undone"],
      );
    });
  }

  it("a session that was deleted, under the key that is named; and a transcript that was left behind, under a new one", async () => {
    const state = cli.copyOf("2026.7.35/manual-resets", "deleted");
    const deleted = await orphanOf(state, "deleted");
    const untold = await cli.run("restore", deleted.sessionId, "--yes", "--state-dir", state);
    assert.equal(untold.code, 2);
    assert.match(untold.stderr, /--key agent:main:main/);
    const key = "agent:main:telegram:direct:4711";
    await attempt(0, "restore", deleted.sessionId, "--key", key, "--yes", "--state-dir", state);
    assert.deepEqual(kinds(await windowsOf(state, key)), [`${deleted.sessionId} live`]);

    const other = cli.copyOf("2026.7.35/daily-reset", "orphan");
    const before = await windowsOf(other, "agent:main:main");
    const orphan = await orphanOf(other, "orphan");
    const done = await attempt(0, "restore", orphan.sessionId, "--into-new-key", "--yes", "--state-dir", other);
    assert.match(done.plan?.key ?? "", /^agent:main:dashboard:[0-9a-f-]{36}$/);
    assert.deepEqual((await windowsOf(other, done.plan?.key ?? ""))[0]?.sessionId, orphan.sessionId);
    assert.deepEqual(kinds(await windowsOf(other, "agent:main:main")), kinds(before));
  });

  it("a checkpoint comes back as a copy under an id of its own", async () => {
    const state = cli.copyOf("2026.4.21/compaction-restart", "checkpoint");
    const sessions = join(state, "agents/main/sessions");
    const checkpoint = readdirSync(sessions).find((name) => name.includes(".checkpoint."));
    assert.ok(checkpoint);
    const before = everythingIn(state);
    const place = ["--state-dir", state];
    const done = await attempt(0, "restore", join(sessions, checkpoint), "--key", "main", "--yes", ...place);
    const id = done.plan?.to ?? "";
    assert.equal(checkpoint.startsWith(id), false);
    const header = readFileSync(join(sessions, `${id}.jsonl`), "utf8").split("\n", 1)[0] ?? "";
    assert.equal((JSON.parse(header) as { id: string }).id, id);
    assert.equal((await windowsOf(state, "agent:main:main"))[0]?.sessionId, id);
    await attempt(0, "undo", "--yes", ...place);
    assert.deepEqual(everythingIn(state), before);
  });

  it("after the conversation went on: undo is refused, switching back keeps what was said since", async () => {
    const state = cli.copyOf("2026.7.35/manual-resets", "switch");
    const place = ["--state-dir", state];
    const done = await attempt(0, "restore", "main", "--key", "main", "--yes", ...place);
    const { from, to } = done.plan ?? {};
    const restored = done.plan?.changes.find(({ role }) => role === "restored")?.path ?? "";
    const said = `{"type":"message","id":"feedbeef","parentId":null,"timestamp":"2026-07-24T10:00:00.000Z","message":{"role":"user","content":"and now?"}}\n`;
    appendFileSync(restored, said);

    const refused = await cli.run("undo", "--yes", ...place);
    assert.equal(refused.code, 3, refused.stdout);
    assert.match(refused.stderr, /openclaw-sessions undo \S+ --switch-back --state-dir/);
    const switched = await attempt(0, "undo", "--switch-back", "--yes", ...place);
    assert.deepEqual([switched.plan?.kind, switched.plan?.from, switched.plan?.to], ["switch-back", to, from]);
    const windows = await windowsOf(state, "agent:main:main");
    assert.equal(windows[0]?.sessionId, from);
    const kept = windows.find(({ sessionId }) => sessionId === to);
    assert.match(readFileSync(kept?.file ?? "", "utf8"), /and now\?/);
  });

  it("blockers: a running gateway, and sessions in SQLite; nothing changes, whatever is promised", async () => {
    const state = cli.copyOf("2026.7.35/manual-resets", "running");
    writeGatewayLock(cli.tmp, join(state, "openclaw.json"));
    const sqlite = cli.copyOf("2026.9.6/upgraded-from-7.35", "tables");
    for (const [directory, words, code] of [
      [state, ["main", "--key", "main"], "gateway"],
      [sqlite, [archiveIn(sqlite), "--into-new-key"], "era"],
    ] as const) {
      const before = everythingIn(directory);
      const place = ["--state-dir", directory];
      const blocked = await attempt(3, "restore", ...words, "--yes", "--gateway-is-stopped", ...place);
      const blockers = blocked.checks.filter(({ level }) => level === "blocker").map((check) => check.code);
      assert.deepEqual([blocked.outcome, blocked.applicable, blockers], ["blocked", false, [code]]);
      assert.deepEqual(everythingIn(directory), before);
    }
  });

  it("where it cannot be told whether a gateway runs, the user's word counts, and only that", async () => {
    const state = cli.copyOf("2026.7.35/manual-resets", "unsure");
    const path = writeGatewayLock(cli.tmp, join(state, "openclaw.json"));
    writeFileSync(path, "half a lo");
    const place = ["--state-dir", state];
    const before = everythingIn(state);
    const unsure = await attempt(3, "restore", "main", "--key", "main", "--yes", ...place);
    assert.deepEqual(
      unsure.checks.filter(({ level }) => level === "confirm").map(({ code }) => code),
      ["gateway"],
    );
    assert.match(unsure.message ?? "", /say so with --gateway-is-stopped/);
    assert.deepEqual(everythingIn(state), before);
    await attempt(0, "restore", "main", "--key", "main", "--yes", "--gateway-is-stopped", ...place);
    await attempt(3, "undo", "--yes", ...place);
    await attempt(0, "undo", "--yes", "--gateway-is-stopped", ...place);
    assert.deepEqual(everythingIn(state), before);
    unlinkSync(path);
  });

  it("a key that a shell would obey is neither obeyed nor printed as it is", async () => {
    const key = "agent:main:x:direct:$(touch PWNED)\u001b[31m";
    const [old, now] = ["aaaa1111-1111-4111-8111-111111111111", "bbbb2222-2222-4222-8222-222222222222"];
    const state = cli.stateWith("hostile-key", {
      "sessions.json": JSON.stringify({
        [key]: { sessionId: now, updatedAt: Date.UTC(2026, 6, 21, 9), usageFamilySessionIds: [old, now] },
      }),
      [`${old}.jsonl.reset.2026-07-21T08-00-00.000Z`]: transcript(old),
      [`${now}.jsonl`]: transcript(now),
    });
    const told = await cli.run("restore", old, "--key", key, "--yes", "--state-dir", state);
    assert.equal(told.code, 0, told.stdout + told.stderr);
    const undone = await cli.run("undo", "--yes", "--state-dir", state);
    assert.equal(undone.code, 0, undone.stderr);
    for (const outcome of [told, undone]) assert.doesNotMatch(outputOf(outcome), /\u001b/);
    assert.match(told.stdout, /\$\(touch PWNED\)␛\[31m/);
    for (const place of [cli.folder, state, cli.home]) assert.equal(existsSync(join(place, "PWNED")), false);
  });

  it("--rehearse changes a copy, --backup-dir is where the way back is", async () => {
    const state = cli.copyOf("2026.7.35/manual-resets", "rehearsed");
    const before = everythingIn(state);
    const vault = join(cli.folder, "vault");
    const place = ["--state-dir", state, "--backup-dir", vault];
    const rehearsed = (await attempt(0, "restore", "main", "--key", "main", "--rehearse", ...place)) as AttemptJson & {
      readonly rehearsedIn: string;
    };
    assert.deepEqual(everythingIn(state), before);
    assert.equal((await windowsOf(rehearsed.rehearsedIn, "agent:main:main"))[0]?.sessionId, rehearsed.plan?.to);

    const done = await attempt(0, "restore", "main", "--key", "main", "--yes", ...place);
    assert.equal(done.receipt?.directory.startsWith(vault), true);
    assert.match(outputOf(await cli.run("undo", "--yes", "--state-dir", state)), /Nothing was restored here yet/);
    await attempt(0, "undo", "--yes", ...place);
    assert.deepEqual(everythingIn(state), before);
  });

  it("keeps copies; a kept copy is restored when the archive is gone", async () => {
    const state = cli.copyOf("2026.7.35/daily-reset", "kept");
    const place = ["--state-dir", state];
    const before = everythingIn(state);
    const kept = await cli.run("keep", "--all-archives", ...place);
    assert.deepEqual([kept.code, kept.stderr], [0, ""]);
    assert.deepEqual(everythingIn(state), before);
    const again = await cli.run("keep", "--all-archives", ...place);
    assert.equal(again.stdout.match(/ was kept already /g)?.length, 2);
    const listed = await cli.run("keep", "--list", ...place);
    assert.equal(listed.stdout.match(/ · kept at /g)?.length, 2);

    const [, earlier] = await windowsOf(state, "agent:main:main");
    assert.ok(earlier?.file);
    unlinkSync(earlier.file);
    const done = await attempt(0, "restore", earlier.sessionId, "--yes", ...place);
    assert.equal(done.plan?.to, earlier.sessionId);
    const restored = (await windowsOf(state, "agent:main:main"))[0];
    assert.deepEqual([restored?.sessionId, restored?.messages], [earlier.sessionId, earlier.messages]);
  });

  for (const [how, outcome] of [
    ["--finish", "finished"],
    ["--take-back", "taken-back"],
  ] as const) {
    it(`an interrupted restore is told of, and ended with ${how}`, async () => {
      const state = cli.copyOf("2026.7.35/manual-resets", `interrupted${how}`);
      const place = ["--state-dir", state];
      const before = everythingIn(state);
      const done = await attempt(0, "restore", "main", "--key", "main", "--yes", ...place);
      const after = everythingIn(state);
      // As if the machine had gone down before the last change was noted.
      const journal = join(done.receipt?.directory ?? "", "journal.jsonl");
      const lines = readFileSync(journal, "utf8").split("\n");
      const last = lines.findLastIndex((line) => line.includes('"event":"changed"'));
      writeFileSync(journal, `${lines.slice(0, last).join("\n")}\n`);

      assert.match(
        (await cli.run("list", ...place)).stderr,
        /was interrupted: `openclaw-sessions recover` ends it\.\n$/,
      );
      assert.equal((await attempt(3, "restore", "main", "--key", "main", "--yes", ...place)).outcome, "blocked");
      const { stdout, code } = await cli.run("recover", how, "--json", ...place);
      assert.deepEqual([code, (JSON.parse(stdout) as AttemptJson).receipt?.outcome], [0, outcome]);
      assert.deepEqual(everythingIn(state), how === "--finish" ? after : before);
    });
  }
});

function kinds(windows: readonly WindowJson[]): readonly string[] {
  return windows.map(({ sessionId, kind }) => `${sessionId} ${kind}`);
}

function outputOf({ stdout, stderr }: Outcome): string {
  return stdout + stderr;
}

/** Content, mode and time of every file, by its path within `directory`. */
function everythingIn(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => {
        const { mode, mtimeMs } = statSync(path);
        const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
        return [relative(directory, path), `${hash} ${mode.toString(8)} ${mtimeMs.toFixed(3)}`];
      }),
  );
}

function archiveIn(state: string): string {
  const sessions = join(state, "agents/main/sessions");
  return join(sessions, readdirSync(sessions).find((name) => name.includes(".jsonl.reset.")) ?? "none");
}

/** As a gateway leaves one while it runs: this process stands for it. */
function writeGatewayLock(tmp: string, configPath: string): string {
  const hash = createHash("sha256").update(configPath).digest("hex").slice(0, 8);
  const path = join(tmp, `openclaw-${String(process.getuid?.() ?? 0)}`, `gateway.${hash}.lock`);
  mkdirSync(dirname(path), { recursive: true });
  const stat = existsSync("/proc/self/stat") ? readFileSync("/proc/self/stat", "utf8") : undefined;
  const startTime = stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const createdAt = new Date().toISOString();
  writeFileSync(path, JSON.stringify({ pid: process.pid, createdAt, configPath, startTime }));
  return path;
}

function transcript(id: string): string {
  const at = "2026-07-21T07:00:00.000Z";
  const lines = [
    { type: "session", version: 3, id, timestamp: at, cwd: "/home/dev" },
    { type: "message", id: "11111111", parentId: null, timestamp: at, message: { role: "user", content: "hello" } },
    {
      ...{ type: "message", id: "22222222", parentId: "11111111", timestamp: at },
      message: { role: "assistant", content: [{ type: "text", text: "hi" }], stopReason: "stop" },
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
