import assert from "node:assert/strict";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, onlyAgent } from "../inspectorSandbox";
import { readIndex, requestFor, restoringRecorded, stopping, windowWith } from "../restore/restoreSandbox";

const archive = /bdea9c6c.*\.reset\./;

describe("what was kept, after retention deleted the original", () => {
  for (const attempt of ["its first copy", "a later copy of the same name"] as const) {
    it(`comes back from ${attempt}, and the copy stays as it is`, async () => {
      const restoring = await restoringRecorded("2026.7.35/manual-resets");
      const { inspector, stateDir, sessions } = restoring;
      const { window, file } = windowWith(inspector, archive);
      const original = readFileSync(file);
      const request = { stateDir, agentId: "main", windowId: window.windowId };
      const first = await inspector.keeper.keep(request);
      if (attempt !== "its first copy") {
        appendFileSync(first.path, "not what was kept");
        await inspector.refresh();
        const { copy } = await inspector.keeper.keep({ ...request, file });
        assert.equal(copy.name, `2~${first.copy.name}`);
        rmSync(first.path);
      }
      rmSync(file);
      await inspector.refresh();
      await inspector.whenIndexed();
      const { primary } = windowWith(inspector, archive).window;
      assert.equal(primary?.kept?.originalName, window.primary?.name.base);
      const folder = inspector.keeper.folder ?? "";
      const kept = fingerprint(folder);

      const planned = await inspector.restorer.plan(requestFor(restoring, archive));
      assert.deepEqual(stopping(planned.checks), []);
      await inspector.restorer.apply(planned);

      const row = readIndex(restoring)["agent:main:main"];
      assert.equal(row?.sessionId, window.sessionId);
      assert.deepEqual(readFileSync(join(sessions, `${window.sessionId}.jsonl`)), original);
      assert.deepEqual(fingerprint(folder), kept);
      await inspector.refresh();
      await inspector.whenIndexed();
      const conversation = onlyAgent(inspector.snapshot).conversations.find(({ key }) => key === "agent:main:main");
      assert.deepEqual([conversation?.windows[0]?.kind, conversation?.windows[0]?.windowId], ["live", window.windowId]);
    });
  }
});
