import assert from "node:assert/strict";
import { parseRecord } from "../../../src/core/keep/keptRecord";
import { Crash, type Fault, type ModelFiles, type PowerCut } from "../restore/modelFiles";
import { content, copiesIn, directory, keep, now, request, restIn, source, whole, withArchive } from "./keepWorld";

describe("keeping a file", () => {
  it("gives it its own name, a record, and nothing else", async () => {
    const files = withArchive();

    const { copy, wasKept } = await keep(files);

    assert.equal(wasKept, false);
    assert.deepEqual(copiesIn(files), whole);
    assert.deepEqual(restIn(files), []);
    assert.deepEqual(parseRecord(text(files, `${directory}/${copy.name}.kept.json`)), {
      schema: 1,
      stateDir: "/state",
      copy: { ...request.about, ...copy },
    });
  });

  it("is on the disk when it says so, whatever a power cut drops", async () => {
    const files = withArchive();
    await keep(files);

    for (const cut of cuts(files)) assert.deepEqual(copiesIn(files.afterPowerCut(cut)), whole);
  });

  for (const links of ["allowed", "refused"] as const) {
    for (const when of ["before", "half-way", "after"] as const) {
      it(`ends with a whole copy after it was stopped ${when} any call, links being ${links}`, async () => {
        const calls = await callsOf(links);
        for (let stop = 0; stop < calls; stop++) {
          const files = withArchive();
          fail(files, links, (call) =>
            call < stop ? undefined : { kind: "crash", when: call === stop ? when : "before" },
          );
          await keep(files).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
          // Only the process went, or the power as well.
          for (const left of [files.clone(), ...cuts(files).map((cut) => files.afterPowerCut(cut))]) {
            if (links === "allowed") assertNothingHalf(left, `stopped at ${files.calls[stop] ?? ""}`);
            assert.equal(text(left, source), content);

            fail(left, links, () => undefined);
            await keep(left);
            for (const later of cuts(left)) {
              const copies = Object.values(copiesIn(left.afterPowerCut(later)));
              assert.ok(copies.includes("whole, as recorded"), `${String(copies)} after ${files.calls[stop] ?? ""}`);
            }
            assert.equal(text(left, source), content);
          }
        }
      });
    }
  }

  for (const code of ["EIO", "ENOSPC", "EACCES", "EPERM", "EROFS", "EXDEV"]) {
    it(`leaves nothing half when any call fails with ${code}`, async () => {
      const calls = await callsOf("allowed");
      for (let at = 0; at < calls; at++) {
        const files = withArchive();
        fail(files, "allowed", (call) => (call === at ? { kind: "error", code, when: "before" } : undefined));
        const kept = await keep(files).catch((error: unknown) => {
          assert.equal((error as { code?: unknown }).code, code);
        });
        if (kept !== undefined) assert.deepEqual(copiesIn(files), whole);
        assertNothingHalf(files, `${code} at ${files.calls[at] ?? ""}`);

        fail(files, "allowed", () => undefined);
        await keep(files);
        assert.deepEqual(copiesIn(files), whole, `${code} at ${files.calls[at] ?? ""}`);
      }
    });
  }

  it("copies again when the file grew meanwhile, and gives up when it never rests", async () => {
    const once = withArchive();
    grow(once, 1);
    await keep(once);
    assert.deepEqual(Object.values(copiesIn(once)), ["other, as recorded"]);

    const always = withArchive();
    grow(always, Infinity);
    await assert.rejects(keep(always), { name: "KeepRefused", message: /kept changing/ });
    assert.deepEqual([copiesIn(always), restIn(always)], [{}, []]);
  });

  it("refuses what reads back otherwise", async () => {
    const files = withArchive();
    const read = files.read.bind(files);
    files.read = async function* (path) {
      for await (const piece of read(path)) yield path.includes("/.keeping-") ? piece.map((byte) => byte ^ 1) : piece;
    };

    await assert.rejects(keep(files), { name: "KeepRefused", message: /reads back otherwise/ });
    assert.deepEqual([copiesIn(files), restIn(files)], [{}, []]);
  });

  it("leaves a file of another that has its name, and takes the next", async () => {
    const files = withArchive();
    files.put(`${directory}/${request.about.originalName}`, "somebody else's");

    const { copy } = await keep(files);

    assert.equal(copy.name, `2~${request.about.originalName}`);
    assert.deepEqual(copiesIn(files), {
      [request.about.originalName]: "other, no record",
      [copy.name]: "whole, as recorded",
    });
  });

  it("takes its record back where other bytes get the name at the last moment", async () => {
    const files = withArchive();
    const link = files.link.bind(files);
    const { originalName } = request.about;
    files.link = async (from, to) => {
      if (to === `${directory}/${originalName}`) files.put(to, "somebody else's");
      await link(from, to);
    };

    await keep(files);

    assert.deepEqual(copiesIn(files), {
      [originalName]: "other, no record",
      [`2~${originalName}`]: "whole, as recorded",
    });
  });

  it("removes what it left behind itself a day ago, and nothing of others", async () => {
    const files = withArchive();
    const old = `.keeping-${String(now - 25 * 3_600_000)}-01234567-0000-4000-8000-000000000000.tmp`;
    const young = `.keeping-${String(now - 3_600_000)}-01234567-0000-4000-8000-000000000000.tmp`;
    for (const name of [old, young, ".keeping-x.tmp", ".other"]) files.put(`${directory}/${name}`, "half");

    await keep(files);

    assert.deepEqual(
      restIn(files).map((path) => path.slice(directory.length + 1)),
      [young, ".keeping-x.tmp", ".other"],
    );
  });
});

type FaultAt = (call: number) => Fault | undefined;

function fail(files: ModelFiles, links: "allowed" | "refused", fault: FaultAt): void {
  files.fault = (call, name) =>
    fault(call) ??
    (links === "refused" && name === "link" ? { kind: "error", code: "EPERM", when: "before" } : undefined);
}

async function callsOf(links: "allowed" | "refused"): Promise<number> {
  const files = withArchive();
  fail(files, links, () => undefined);
  await keep(files);
  return files.calls.length;
}

/** Something is there under a name of its own only when it is whole and its record says so. */
function assertNothingHalf(files: ModelFiles, when: string): void {
  const copies = copiesIn(files);
  if (Object.keys(copies).length > 0) assert.deepEqual(copies, whole, when);
}

function cuts(files: ModelFiles): PowerCut[] {
  const all: PowerCut[] = [{ kind: "keep-all" }, { kind: "drop-all" }, { kind: "tear" }];
  for (let n = 0; n < files.pending(); n++) all.push({ kind: "keep-one", n }, { kind: "drop-one", n });
  return all;
}

/** Appends to the source behind each reading of it, so many times. */
function grow(files: ModelFiles, times: number): void {
  const read = files.read.bind(files);
  let left = times;
  files.read = async function* (path) {
    yield* read(path);
    if (path === source && left-- > 0) files.put(source, `${text(files, source)}more\n`);
  };
}

function text(files: ModelFiles, path: string): string {
  return new TextDecoder().decode(files.contents().get(path) ?? new Uint8Array());
}
