import { deepEqual, equal, rejects } from "node:assert/strict";
import * as vscode from "vscode";
import { isAbort, withRestoreProgress } from "../../src/editor/restoreProgress";

type Task = Parameters<typeof vscode.window.withProgress>[1];

describe("the progress of a restore", () => {
  const { withProgress } = vscode.window;
  let happened: string[];
  let cancel: vscode.CancellationTokenSource;
  let whenShown: () => void;

  beforeEach(() => {
    happened = [];
    cancel = new vscode.CancellationTokenSource();
    whenShown = () => undefined;
    const stub = async (options: vscode.ProgressOptions, task: Task) => {
      // The extension tells of other work with the same function.
      if (options.title !== "Restoring") return withProgress(options, task);
      happened.push("shown");
      whenShown();
      const report = ({ message }: { message?: string }) => happened.push(message ?? "");
      const result: unknown = await task({ report }, cancel.token);
      happened.push("gone");
      return result;
    };
    Object.assign(vscode.window, { withProgress: stub });
  });
  afterEach(() => {
    Object.assign(vscode.window, { withProgress });
    cancel.dispose();
  });

  it("is not shown for what ends at once", async () => {
    equal(await withRestoreProgress("Restoring", () => Promise.resolve(1)), 1);
    await rejects(
      withRestoreProgress("Restoring", () => Promise.reject(new Error("no"))),
      /^Error: no$/,
    );
    deepEqual(happened, []);
  });

  it("says where the work is, and is gone before the work is known to have ended", async () => {
    const result = await withRestoreProgress("Restoring", async (progress) => {
      progress({ step: "Reading", done: 0, total: 2 });
      await new Promise<void>((resolve) => {
        whenShown = resolve;
      });
      progress({ step: "Writing", done: 1, total: 2 });
      return 2;
    });
    happened.push("ended");
    equal(result, 2);
    deepEqual(happened, ["shown", "Reading", "Writing", "gone", "ended"]);
  });

  it("can be cancelled", async () => {
    const work = withRestoreProgress("Restoring", async (_, signal) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          resolve();
        });
        whenShown = () => {
          setImmediate(() => {
            cancel.cancel();
          });
        };
      });
      signal.throwIfAborted();
    });
    await rejects(work, isAbort);
    deepEqual(happened, ["shown", "gone"]);
  });
});
