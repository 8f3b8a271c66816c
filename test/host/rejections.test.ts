import { deepEqual } from "node:assert/strict";
import * as vscode from "vscode";
import { extensionId } from "../../src/editor/contributions";

/** Handled after this time is too late, ms: after a second VS Code reports the promise, and handles it itself. */
const inTime = 900;

/** Promises that nobody handled, with where they were rejected. VS Code prints them and goes on; here they fail the run. */
const unhandled = new Map<Promise<unknown>, { readonly since: number; readonly text: string }>();
let running = "";

process.on("unhandledRejection", (reason, promise) => {
  const trace = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  const ours = vscode.extensions.getExtension(extensionId)?.extensionPath;
  // VS Code and its own extensions have theirs.
  if (ours === undefined || !trace.includes(ours)) return;
  unhandled.set(promise, { since: performance.now(), text: `after the start of “${running}”: ${trace}` });
});
process.on("rejectionHandled", (promise) => {
  const known = unhandled.get(promise);
  if (known && performance.now() - known.since < inTime) unhandled.delete(promise);
});

beforeEach(function () {
  running = this.currentTest?.fullTitle() ?? "";
});

after("no promise was left rejected", () => {
  deepEqual(
    [...unhandled.values()].map(({ text }) => text),
    [],
  );
});
