import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { applyPlan } from "../../../src/core/restore/engine/applyPlan";
import { readReceipts } from "../../../src/core/restore/engine/receipts";
import { recoverPlan } from "../../../src/core/restore/engine/recoverPlan";
import { inverse, type FileChange, type FileContent } from "../../../src/core/restore/fileChange";
import type { RestoreFiles } from "../../../src/core/restore/restoreFiles";
import type { RestorePlan } from "../../../src/core/restore/restorePlan";
import { engineHost } from "../../../src/disk/restore/engineHost";
import { nodeFiles } from "../../../src/disk/restore/nodeFiles";
import { scratch } from "../scratch";

const host = engineHost(Date.now);
const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
/** Every call in `npm run test:long`, a few otherwise. */
const isLong = process.env["PROPERTY_SCALE"] !== undefined;

describe("restoring on the real file system", function () {
  if (isLong) this.timeout(0);

  it("changes and undoes exactly, with permissions and times", async () => {
    const { directory, plan } = begin();
    const before = stateOf(directory);
    await apply(directory, plan);
    assert.deepEqual(readdirSync(join(directory, "sessions")).sort(), ["new.jsonl.reset.1", "old.jsonl", "old.jsonl.reset.0", "sessions.json"]); // prettier-ignore
    await apply(directory, { ...plan, id: "undo", kind: "undo", of: plan.id, changes: inverse(plan.changes) });
    assert.deepEqual(stateOf(directory), before);
    assert.equal(statSync(join(directory, "vault")).mode & 0o777, 0o700);
  });

  it("follows no link and opens nothing but files", async () => {
    const directory = scratch({ file: "x" });
    symlinkSync(join(directory, "file"), join(directory, "link"));
    assert.deepEqual(await nodeFiles.look(join(directory, "link")), { kind: "other" });
    await assert.rejects(nodeFiles.setMode(join(directory, "link"), 0o600), { code: "EINVAL" });
    await assert.rejects(nodeFiles.read(join(directory, "link"))[Symbol.asyncIterator]().next(), { code: "ELOOP" });
    await assert.rejects(nodeFiles.create(join(directory, "link"), 0o600), { code: "EEXIST" });
  });

  it("killed at any call, is ended by another process", async () => {
    const script = await killer();
    let n = 0;
    for (let step = isLong ? 1 : 47; ; n += step) {
      const { directory, plan } = begin();
      const before = stateOf(directory);
      writeFileSync(join(directory, "plan.json"), JSON.stringify(plan));
      const { signal, status, stderr } = spawnSync(process.execPath, [script, directory, String(n)], {
        encoding: "utf8",
      });
      if (signal !== "SIGKILL") {
        assert.equal(status, 0, stderr);
        assert.ok(n > 100);
        break;
      }
      const [receipt] = await readReceipts(nodeFiles, join(directory, "vault"));
      if (receipt?.outcome === "unfinished") {
        const how = n % 2 === 0 ? "finish" : "take-back";
        const ended = await recoverPlan(nodeFiles, join(directory, "vault"), plan.id, how, {
          ...host,
          directories: [join(directory, "sessions")],
        });
        assert.equal(ended.outcome, how === "finish" ? "finished" : "taken-back");
        if (how === "finish") assert.ok(!existsSync(join(directory, "sessions/new.jsonl")));
        else assert.deepEqual(stateOf(directory), before);
      } else if (receipt?.outcome !== "finished") assert.deepEqual(stateOf(directory), before, String(n));
    }
  });

  it("refuses, or keeps both changes, when a writer replaces the index at any moment", async () => {
    const calls = await countCalls();
    for (let n = 0; n < calls; n += isLong ? 1 : 7) {
      const { directory, plan } = begin();
      const index = join(directory, "sessions/sessions.json");
      const files = atCall(n, () => {
        const rows = JSON.parse(readFileSync(index, "utf8")) as object;
        writeFileSync(`${index}.writer`, JSON.stringify({ ...rows, theirs: { sessionId: "theirs" } }));
        renameSync(`${index}.writer`, index);
      });
      const result = await apply(directory, plan, files).catch((error: unknown) => error as Error);
      const rows = JSON.parse(readFileSync(index, "utf8")) as Readonly<Record<string, { readonly sessionId: string }>>;
      const refused = result instanceof Error;
      if (refused) assert.equal(result.name, "RestoreRefused", result.message);
      const place = `at call ${String(n)} of ${String(calls)}: ${refused ? result.message : "done"}`;
      // Between the last look and the replacement there is one call; nothing on earth can be asked there.
      if (files.name() !== "rename") assert.equal(rows["theirs"]?.sessionId, "theirs", place);
      assert.equal(rows["main"]?.sessionId, refused ? "new" : "old", place);
      assert.equal(existsSync(join(directory, "sessions/new.jsonl")), refused, place);
    }
  });
});

interface Begun {
  readonly directory: string;
  readonly plan: RestorePlan;
}

function begin(): Begun {
  const files = {
    "sessions/old.jsonl.reset.0": '{"type":"session","id":"old"}\n{"id":"o1"}\n',
    "sessions/new.jsonl": '{"type":"session","id":"new"}\n{"id":"n1"}\n',
    "sessions/sessions.json": '{"main":{"sessionId":"new"}}',
  };
  const directory = scratch(files);
  mkdirSync(join(directory, "contents"));
  for (const name of Object.keys(files)) {
    chmodSync(join(directory, name), 0o600);
    utimesSync(join(directory, name), 1_763_000_000.125, 1_763_000_000.125);
  }
  const at = (name: string): string => join(directory, "sessions", name);
  const old = content(directory, files["sessions/old.jsonl.reset.0"]);
  const live = content(directory, files["sessions/new.jsonl"]);
  const absent = { kind: "absent" } as const;
  const changes: readonly FileChange[] = [
    { path: at("old.jsonl"), role: "restored", before: absent, after: old },
    { path: at("new.jsonl.reset.1"), role: "set-aside", before: absent, after: live },
    {
      path: at("sessions.json"),
      role: "index",
      before: content(directory, files["sessions/sessions.json"]),
      after: content(directory, '{"main":{"sessionId":"old"}}'),
    },
    { path: at("new.jsonl"), role: "given-up", before: live, after: absent },
  ];
  const plan: RestorePlan = {
    schema: 1,
    id: "r1",
    kind: "restore",
    createdAt: 1_763_000_001_000,
    of: undefined,
    stateDir: { path: directory, realPath: directory },
    agentId: "main",
    key: "main",
    from: "new",
    to: "old",
    source: at("old.jsonl.reset.0"),
    changes,
    backups: [],
    entries: [],
    sentences: ["The conversation comes back."],
    advice: [],
  };
  return { directory, plan };
}

function content(directory: string, text: string): FileContent {
  const hash = host.hash();
  hash.update(Buffer.from(text));
  const sha256 = hash.digest();
  writeFileSync(join(directory, "contents", sha256), text);
  return { kind: "file", bytes: Buffer.byteLength(text), sha256, mode: 0o600, mtimeMs: 1_763_000_000_125 };
}

function apply(directory: string, plan: RestorePlan, files: RestoreFiles = nodeFiles): ReturnType<typeof applyPlan> {
  return applyPlan(files, join(directory, "vault"), plan, {
    ...host,
    directories: [join(directory, "sessions")],
    tool: "test",
    provide: (sha256) => nodeFiles.read(join(directory, "contents", sha256)),
  });
}

function stateOf(directory: string): Readonly<Record<string, readonly unknown[]>> {
  const folder = join(directory, "sessions");
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => {
        const { mode, mtimeMs } = statSync(join(folder, name));
        return [name, [mode & 0o777, mtimeMs, readFileSync(join(folder, name), "utf8")]];
      }),
  );
}

/** The real files, with something that happens right before the `n`th call. */
function atCall(
  n: number,
  act: () => void,
): RestoreFiles & { readonly name: () => string; readonly calls: () => number } {
  let call = 0;
  let name = "";
  const counted = new Proxy(nodeFiles, {
    get(target, property: keyof RestoreFiles) {
      return (...values: unknown[]) => {
        if (call++ === n) {
          name = property;
          act();
        }
        const method = Reflect.get(target, property) as (...values: unknown[]) => unknown;
        return method(...values);
      };
    },
  });
  return Object.assign(Object.create(counted) as RestoreFiles, { name: () => name, calls: () => call });
}

async function countCalls(): Promise<number> {
  const { directory, plan } = begin();
  const files = atCall(-1, () => undefined);
  await apply(directory, plan, files);
  return files.calls();
}

/** A program that applies `<directory>/plan.json` and kills itself before its `n`th call. */
async function killer(): Promise<string> {
  const outfile = join(scratch(), "killer.mjs");
  const source = `
    import { readFileSync } from "node:fs";
    import { applyPlan } from "./src/core/restore/engine/applyPlan";
    import { engineHost } from "./src/disk/restore/engineHost";
    import { nodeFiles } from "./src/disk/restore/nodeFiles";
    const [directory, n] = process.argv.slice(2);
    let call = 0;
    const files = new Proxy(nodeFiles, { get: (target, name) => (...values) => {
      if (call++ === Number(n)) process.kill(process.pid, "SIGKILL");
      return target[name](...values);
    } });
    const plan = JSON.parse(readFileSync(directory + "/plan.json", "utf8"));
    await applyPlan(files, directory + "/vault", plan, { ...engineHost(Date.now), tool: "test", directories: [directory + "/sessions"],
      provide: (sha256) => nodeFiles.read(directory + "/contents/" + sha256) });`;
  await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  return outfile;
}
